# bash completion for inference: generated; loads with  eval "$(inference completion bash)"
# Commands and flags are in this file, files and folders come from bash; the program is asked for the rest.

_inference_files() { # files: readline's own completion; folders: only those; text: nothing
    case $1 in
        file) ;;
        folder) compopt +o default -o dirnames 2>/dev/null ;;
        *) compopt +o default 2>/dev/null ;;
    esac
}

_inference_offer() { # offer those of the words that begin as typed
    local word cut=""
    _inference_cut
    for word in "$@"; do
        if [[ $word == "$value"* ]]; then COMPREPLY+=("$prefix${word#"$cut"}"); fi
    done
    _inference_files text
}

_inference_cut() { # bash replaces only what follows the last word break; an at sign itself too
    local mark before
    for mark in = : @; do
        before=${value%"${value##*"$mark"}"} before=${before%@}
        if [[ $COMP_WORDBREAKS == *"$mark"* && ${#before} -gt ${#cut} ]]; then cut=$before; fi
    done
}

_inference_ask() { # offer what the program knows: models, parameters, generations, conversations, profiles
    local word cut="" program=${COMP_WORDS[0]/#\~\//$HOME/}
    type -P -- "$program" >/dev/null || program=inference
    _inference_cut
    if [[ $1 == generation || $1 == conversation ]]; then compopt -o nosort 2>/dev/null; fi # the newest first
    while IFS=$'\t' read -r word _; do
        if [[ $word == *[=/] ]]; then compopt -o nospace 2>/dev/null; fi
        printf -v word %q "$word"
        if [[ $word == "$value"* ]]; then COMPREPLY+=("$prefix${word#"$cut"}"); fi
    done < <(
        if [[ $1 == parameter && $value == *=@* ]]; then
            compgen -f -P "${value%%=@*}=@" -- "${value#*=@}" | _inference_with_slashes
        else
            "$program" __complete "$1" line "$line" 2>/dev/null </dev/null
        fi
    )
    _inference_files text
}

_inference_with_slashes() { # behind folders, of what stands behind =@
    local word
    while IFS= read -r word; do
        if [[ -d ${word#*=@} ]]; then word+=/; fi
        echo "$word"
    done
}

_inference_takes_value() {
    case $1 in
        *' --profile' | *' --base-url' | *' --color' | *' --model' | *' -m' | *' --system' | *' -s' | *' --attach' | *' -a' | *' --file' | 'inference/chat -f' | 'inference/logs/export -f' | *' --template' | *' -t' | *' --set' | *' --save-template' | *' --schema' | *' --schema-multi' | *' --retry-schema' | *' --tool' | *' -T' | *' --approve' | *' --tool-rounds' | 'inference/chat --param' | 'inference/image --param' | 'inference/video --param' | 'inference/queue/submit --param' | 'inference/models/update --param' | 'inference/chat -p' | 'inference/image -p' | 'inference/video -p' | 'inference/queue/submit -p' | 'inference/models/update -p' | 'inference/chat --input' | 'inference/image --input' | 'inference/video --input' | 'inference/queue/submit --input' | 'inference/models/list --input' | 'inference/models/update --input' | 'inference/chat --output' | 'inference/image --output' | 'inference/video --output' | 'inference/queue/submit --output' | 'inference/queue/wait --output' | 'inference/queue/download --output' | 'inference/recover --output' | 'inference/logs/export --output' | 'inference/models/list --output' | 'inference/chat -o' | 'inference/image -o' | 'inference/video -o' | 'inference/queue/submit -o' | 'inference/queue/wait -o' | 'inference/queue/download -o' | 'inference/recover -o' | 'inference/logs/export -o' | *' --cid' | *' --max-cost' | *' --as' | *' --jq' | *' --image' | *' -i' | *' --count' | *' -n' | *' --aspect-ratio' | *' --size' | *' --seed' | *' --timeout' | *' --namespace' | *' --repo' | *' --folder' | *' --tag' | *' --response-format' | *' --max-size' | *' --first-frame' | *' --last-frame' | *' --video' | *' --shot' | *' --duration' | *' --status' | *' --media-type' | *' --limit' | *' --since' | *' --until' | *' --by' | *' --format' | *' --older-than' | *' --developer' | *' --type' | *' --price-below' | *' --sort' | *' --display-name' | *' --description' | *' --summary' | *' --port' | *' --media-port' | *' --token' | *' --api' | *' --faults') return 0 ;;
        *) return 1 ;;
    esac
}

_inference_value() {
    case $1 in
        *' --profile') _inference_ask profile ;;
        *' --base-url') _inference_files text ;;
        *' --color') _inference_files text ;;
        *' --model') _inference_ask model ;;
        *' -m') _inference_ask model ;;
        *' --system') _inference_files text ;;
        *' -s') _inference_files text ;;
        *' --attach') _inference_files file ;;
        *' -a') _inference_files file ;;
        *' --file') _inference_files file ;;
        'inference/chat -f') _inference_files file ;;
        'inference/logs/export -f') _inference_offer 'markdown' 'json' ;;
        *' --template') _inference_files text ;;
        *' -t') _inference_files text ;;
        *' --set') _inference_files text ;;
        *' --save-template') _inference_files text ;;
        *' --schema') _inference_files text ;;
        *' --schema-multi') _inference_files text ;;
        *' --retry-schema') _inference_files text ;;
        *' --tool') _inference_files text ;;
        *' -T') _inference_files text ;;
        *' --approve') _inference_files text ;;
        *' --tool-rounds') _inference_files text ;;
        'inference/chat --param') _inference_ask parameter ;;
        'inference/image --param') _inference_ask parameter ;;
        'inference/video --param') _inference_ask parameter ;;
        'inference/queue/submit --param') _inference_ask parameter ;;
        'inference/models/update --param') _inference_files text ;;
        'inference/chat -p') _inference_ask parameter ;;
        'inference/image -p') _inference_ask parameter ;;
        'inference/video -p') _inference_ask parameter ;;
        'inference/queue/submit -p') _inference_ask parameter ;;
        'inference/models/update -p') _inference_files text ;;
        'inference/chat --input') _inference_files file ;;
        'inference/image --input') _inference_files file ;;
        'inference/video --input') _inference_files file ;;
        'inference/queue/submit --input') _inference_files file ;;
        'inference/models/list --input') _inference_offer 'text' 'image' 'video' 'audio' 'file' ;;
        'inference/models/update --input') _inference_files file ;;
        'inference/chat --output') _inference_files file ;;
        'inference/image --output') _inference_files file ;;
        'inference/video --output') _inference_files file ;;
        'inference/queue/submit --output') _inference_files file ;;
        'inference/queue/wait --output') _inference_files file ;;
        'inference/queue/download --output') _inference_files file ;;
        'inference/recover --output') _inference_files folder ;;
        'inference/logs/export --output') _inference_files file ;;
        'inference/models/list --output') _inference_offer 'text' 'image' 'video' 'audio' ;;
        'inference/chat -o') _inference_files file ;;
        'inference/image -o') _inference_files file ;;
        'inference/video -o') _inference_files file ;;
        'inference/queue/submit -o') _inference_files file ;;
        'inference/queue/wait -o') _inference_files file ;;
        'inference/queue/download -o') _inference_files file ;;
        'inference/recover -o') _inference_files folder ;;
        'inference/logs/export -o') _inference_files file ;;
        *' --cid') _inference_ask conversation ;;
        *' --max-cost') _inference_files text ;;
        *' --as') _inference_offer 'curl' 'python' ;;
        *' --jq') _inference_files text ;;
        *' --image') _inference_files file ;;
        *' -i') _inference_files file ;;
        *' --count') _inference_files text ;;
        *' -n') _inference_files text ;;
        *' --aspect-ratio') _inference_files text ;;
        *' --size') _inference_files text ;;
        *' --seed') _inference_files text ;;
        *' --timeout') _inference_files text ;;
        *' --namespace') _inference_files text ;;
        *' --repo') _inference_files text ;;
        *' --folder') _inference_files file ;;
        *' --tag') _inference_files text ;;
        *' --response-format') _inference_files text ;;
        *' --max-size') _inference_files text ;;
        *' --first-frame') _inference_files file ;;
        *' --last-frame') _inference_files file ;;
        *' --video') _inference_files file ;;
        *' --shot') _inference_files text ;;
        *' --duration') _inference_files text ;;
        *' --status') _inference_offer 'queued' 'processing' 'succeeded' 'failed' 'cancelled' ;;
        *' --media-type') _inference_offer 'image' 'video' ;;
        *' --limit') _inference_files text ;;
        *' --since') _inference_files text ;;
        *' --until') _inference_files text ;;
        *' --by') _inference_offer 'day' 'week' 'month' 'model' 'tag' 'status' 'media' ;;
        *' --format') _inference_offer 'markdown' 'json' ;;
        *' --older-than') _inference_files text ;;
        *' --developer') _inference_files text ;;
        *' --type') _inference_offer 'base' 'custom' ;;
        *' --price-below') _inference_files text ;;
        *' --sort') _inference_offer 'name' 'price' 'developer' 'newest' ;;
        *' --display-name') _inference_files text ;;
        *' --description') _inference_files text ;;
        *' --summary') _inference_files text ;;
        *' --port') _inference_files text ;;
        *' --media-port') _inference_files text ;;
        *' --token') _inference_files text ;;
        *' --api') _inference_offer 'both' 'current' '2026-04' ;;
        *' --faults') _inference_files file ;;
        *) _inference_files text ;;
    esac
}

_inference() {
    local index word place=inference flag="" plain="" prefix="" last=$COMP_CWORD value=${COMP_WORDS[COMP_CWORD]}
    local line=${COMP_LINE:0:COMP_POINT}
    COMPREPLY=()
    # The word at the cursor may have come in pieces, cut at = and at the colon.
    word=${line//\\ /__} word=${word##*[[:space:]]}
    while [[ ${value//\\ /__} != "$word" && $word == *"${value//\\ /__}" && $last -gt 1 ]]; do
        ((last--))
        value=${COMP_WORDS[last]}$value
    done
    for ((index = 1; index < last; index++)); do
        word=${COMP_WORDS[index]}
        if [[ $word == ":" || ${COMP_WORDS[index - 1]} == ":" ]]; then
            continue
        elif [[ -n $flag ]]; then
            if [[ $word != "=" ]]; then flag=""; fi
        elif [[ -n $plain ]]; then
            continue
        elif [[ $word == "--" ]]; then
            plain=1
        elif [[ $word == -* ]]; then
            if _inference_takes_value "$place $word"; then flag=$word; fi
        else
            case $place/$word in
                'inference/chat' | 'inference/image' | 'inference/video' | 'inference/queue' | 'inference/queue/submit' | 'inference/queue/list' | 'inference/queue/show' | 'inference/queue/wait' | 'inference/queue/download' | 'inference/queue/cancel' | 'inference/history' | 'inference/history/list' | 'inference/history/show' | 'inference/history/spend' | 'inference/recover' | 'inference/logs' | 'inference/logs/list' | 'inference/logs/show' | 'inference/logs/search' | 'inference/logs/export' | 'inference/logs/delete' | 'inference/logs/path' | 'inference/models' | 'inference/models/list' | 'inference/models/search' | 'inference/models/show' | 'inference/models/params' | 'inference/models/activate' | 'inference/models/deactivate' | 'inference/models/favorite' | 'inference/models/unfavorite' | 'inference/models/update' | 'inference/models/delete' | 'inference/auth' | 'inference/auth/login' | 'inference/auth/status' | 'inference/auth/token' | 'inference/auth/logout' | 'inference/config' | 'inference/config/list' | 'inference/config/get' | 'inference/config/set' | 'inference/config/unset' | 'inference/config/path' | 'inference/config/profiles' | 'inference/config/use' | 'inference/sandbox' | 'inference/sandbox/serve' | 'inference/sandbox/status' | 'inference/sandbox/reset' | 'inference/doctor' | 'inference/completion') place=$place/$word ;;
            esac
        fi
    done
    if [[ -z $plain && $value == --*=* ]]; then
        flag=${value%%=*} value=${value#*=}
        if [[ $COMP_WORDBREAKS != *=* ]]; then prefix=$flag=; fi
    fi
    if [[ -n $flag ]]; then
        _inference_value "$place $flag"
        return
    fi
    if [[ -z $plain && $value == -* ]]; then
        case $place in
            'inference') _inference_offer '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' '--help' ;;
            'inference/chat') _inference_offer '--model' '-m' '--system' '-s' '--attach' '-a' '--file' '-f' '--template' '-t' '--set' '--save-template' '--schema' '--schema-multi' '--retry-schema' '--tool' '-T' '--approve' '--tool-rounds' '--param' '-p' '--input' '--extract' '-x' '--extract-last' '--xl' '--output' '-o' '--continue' '-c' '--cid' '--no-log' '--no-stream' '--usage' '-u' '--hide-reasoning' '-R' '--max-cost' '--yes' '-y' '--dry-run' '--as' '--no-validate' '--force' '--no-clobber' '--no-retry' '--retry-chat' '--json' '--jq' '--events' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/image') _inference_offer '--model' '-m' '--image' '-i' '--output' '-o' '--count' '-n' '--aspect-ratio' '--size' '--seed' '--param' '-p' '--input' '--queue' '--sync' '--no-wait' '--timeout' '--namespace' '--repo' '--folder' '--tag' '--response-format' '--dry-run' '--as' '--max-cost' '--yes' '-y' '--no-validate' '--force' '--no-clobber' '--no-retry' '--anyway' '--max-size' '--allow-private-hosts' '--json' '--jq' '--events' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/video') _inference_offer '--model' '-m' '--image' '-i' '--first-frame' '--last-frame' '--video' '--shot' '--output' '-o' '--count' '-n' '--duration' '--aspect-ratio' '--size' '--with-audio' '--seed' '--param' '-p' '--input' '--queue' '--sync' '--no-wait' '--timeout' '--namespace' '--repo' '--folder' '--tag' '--response-format' '--dry-run' '--as' '--max-cost' '--yes' '-y' '--no-validate' '--force' '--no-clobber' '--no-retry' '--anyway' '--max-size' '--allow-private-hosts' '--json' '--jq' '--events' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/queue') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/queue/submit') _inference_offer '--model' '-m' '--image' '-i' '--first-frame' '--last-frame' '--video' '--shot' '--output' '-o' '--count' '-n' '--duration' '--aspect-ratio' '--size' '--with-audio' '--seed' '--param' '-p' '--input' '--namespace' '--repo' '--folder' '--tag' '--dry-run' '--as' '--max-cost' '--yes' '-y' '--no-validate' '--force' '--no-clobber' '--no-retry' '--anyway' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/queue/list') _inference_offer '--status' '--model' '-m' '--media-type' '--namespace' '--repo' '--folder' '--local' '--limit' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/queue/show') _inference_offer '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/queue/wait') _inference_offer '--output' '-o' '--timeout' '--force' '--no-clobber' '--no-retry' '--max-size' '--allow-private-hosts' '--json' '--jq' '--events' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/queue/download') _inference_offer '--output' '-o' '--force' '--no-clobber' '--no-retry' '--max-size' '--allow-private-hosts' '--json' '--jq' '--events' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/queue/cancel') _inference_offer '--no-retry' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/history') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/history/list') _inference_offer '--since' '--until' '--model' '-m' '--status' '--media-type' '--tag' '--namespace' '--repo' '--folder' '--local' '--limit' '--all' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/history/show') _inference_offer '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/history/spend') _inference_offer '--by' '--since' '--until' '--model' '-m' '--status' '--media-type' '--tag' '--namespace' '--repo' '--folder' '--local' '--csv' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/recover') _inference_offer '--since' '--all' '--output' '-o' '--forget' '--dry-run' '--yes' '-y' '--timeout' '--no-retry' '--max-size' '--allow-private-hosts' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/logs') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/logs/list') _inference_offer '--since' '--until' '--model' '-m' '--limit' '-n' '--all' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/logs/show') _inference_offer '--response' '-r' '--extract' '-x' '--extract-last' '--xl' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/logs/search') _inference_offer '--since' '--limit' '-n' '--all' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/logs/export') _inference_offer '--format' '-f' '--output' '-o' '--force' '--no-clobber' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/logs/delete') _inference_offer '--all' '--older-than' '--yes' '-y' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/logs/path') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/list') _inference_offer '--input' '--output' '--developer' '--type' '--favorites' '--featured' '--price-below' '--sort' '--limit' '--refresh' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/search') _inference_offer '--limit' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/show') _inference_offer '--refresh' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/params') _inference_offer '--refresh' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/activate') _inference_offer '--no-wait' '--timeout' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/deactivate') _inference_offer '--no-wait' '--timeout' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/favorite') _inference_offer '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/unfavorite') _inference_offer '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/update') _inference_offer '--display-name' '--description' '--summary' '--param' '-p' '--input' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/models/delete') _inference_offer '--yes' '-y' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/auth') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/auth/login') _inference_offer '--with-token' '--import' '--namespace' '--no-verify' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/auth/status') _inference_offer '--no-verify' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/auth/token') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/auth/logout') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/config') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/config/list') _inference_offer '--all' '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/config/get') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/config/set') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/config/unset') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/config/path') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/config/profiles') _inference_offer '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/config/use') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/sandbox') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/sandbox/serve') _inference_offer '--port' '--media-port' '--token' '--api' '--faults' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/sandbox/status') _inference_offer '--json' '--jq' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/sandbox/reset') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/doctor') _inference_offer '--offline' '--json' '--jq' '--quiet' '-q' '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
            'inference/completion') _inference_offer '--help' '--profile' '--sandbox' '--base-url' '--verbose' '-v' '--debug-http' '--color' '--no-color' '--version' ;;
        esac
        return
    fi
    case $place in
        'inference') _inference_offer 'chat' 'image' 'video' 'queue' 'history' 'recover' 'logs' 'models' 'auth' 'config' 'sandbox' 'doctor' 'completion' ;;
        'inference/chat') _inference_files text ;;
        'inference/image') _inference_files text ;;
        'inference/video') _inference_files text ;;
        'inference/queue') _inference_offer 'submit' 'list' 'show' 'wait' 'download' 'cancel' ;;
        'inference/queue/submit') _inference_files text ;;
        'inference/queue/list') _inference_files text ;;
        'inference/queue/show') _inference_ask generation ;;
        'inference/queue/wait') _inference_ask generation ;;
        'inference/queue/download') _inference_ask generation ;;
        'inference/queue/cancel') _inference_ask generation ;;
        'inference/history') _inference_offer 'list' 'show' 'spend' ;;
        'inference/history/list') _inference_files text ;;
        'inference/history/show') _inference_ask generation ;;
        'inference/history/spend') _inference_files text ;;
        'inference/recover') _inference_files text ;;
        'inference/logs') _inference_offer 'list' 'show' 'search' 'export' 'delete' 'path' ;;
        'inference/logs/list') _inference_files text ;;
        'inference/logs/show') _inference_ask conversation ;;
        'inference/logs/search') _inference_files text ;;
        'inference/logs/export') _inference_ask conversation ;;
        'inference/logs/delete') _inference_ask conversation ;;
        'inference/logs/path') _inference_files text ;;
        'inference/models') _inference_offer 'list' 'search' 'show' 'params' 'activate' 'deactivate' 'favorite' 'unfavorite' 'update' 'delete' ;;
        'inference/models/list') _inference_files text ;;
        'inference/models/search') _inference_files text ;;
        'inference/models/show') _inference_ask model ;;
        'inference/models/params') _inference_ask model ;;
        'inference/models/activate') _inference_ask model ;;
        'inference/models/deactivate') _inference_ask model ;;
        'inference/models/favorite') _inference_ask model ;;
        'inference/models/unfavorite') _inference_ask model ;;
        'inference/models/update') _inference_ask model ;;
        'inference/models/delete') _inference_ask model ;;
        'inference/auth') _inference_offer 'login' 'status' 'token' 'logout' ;;
        'inference/auth/login') _inference_files text ;;
        'inference/auth/status') _inference_files text ;;
        'inference/auth/token') _inference_files text ;;
        'inference/auth/logout') _inference_files text ;;
        'inference/config') _inference_offer 'list' 'get' 'set' 'unset' 'path' 'profiles' 'use' ;;
        'inference/config/list') _inference_files text ;;
        'inference/config/get') _inference_offer 'base_url' 'token' 'namespace' 'api' 'model_chat' 'model_image' 'model_edit' 'model_video' 'model_image_to_video' 'model_audio' 'tag' 'confirm_above' 'budget_day' 'budget_month' ;;
        'inference/config/set') _inference_offer 'base_url' 'token' 'namespace' 'api' 'model_chat' 'model_image' 'model_edit' 'model_video' 'model_image_to_video' 'model_audio' 'tag' 'confirm_above' 'budget_day' 'budget_month' ;;
        'inference/config/unset') _inference_offer 'base_url' 'token' 'namespace' 'api' 'model_chat' 'model_image' 'model_edit' 'model_video' 'model_image_to_video' 'model_audio' 'tag' 'confirm_above' 'budget_day' 'budget_month' ;;
        'inference/config/path') _inference_files text ;;
        'inference/config/profiles') _inference_files text ;;
        'inference/config/use') _inference_ask profile ;;
        'inference/sandbox') _inference_offer 'serve' 'status' 'reset' ;;
        'inference/sandbox/serve') _inference_files text ;;
        'inference/sandbox/status') _inference_files text ;;
        'inference/sandbox/reset') _inference_files text ;;
        'inference/doctor') _inference_files text ;;
        'inference/completion') _inference_offer 'bash' 'zsh' 'fish' 'powershell' 'man' ;;
    esac
}

complete -o default -F _inference inference
