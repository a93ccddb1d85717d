# PowerShell completion for inference: generated; loads with
#   inference completion powershell | Out-String | Invoke-Expression
# Nothing is started on TAB: every answer is in this file; where it has none, PowerShell offers files.

using namespace System.Management.Automation

Register-ArgumentCompleter -Native -CommandName 'inference' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $place = 'inference'
    $flag = ''
    $places = @('inference/image', 'inference/video', 'inference/queue', 'inference/queue/submit', 'inference/queue/list', 'inference/queue/show', 'inference/queue/wait', 'inference/queue/download', 'inference/queue/cancel', 'inference/models', 'inference/models/list', 'inference/models/show', 'inference/auth', 'inference/auth/login', 'inference/auth/status', 'inference/auth/token', 'inference/auth/logout', 'inference/config', 'inference/config/list', 'inference/config/get', 'inference/config/set', 'inference/config/unset', 'inference/config/path', 'inference/config/profiles', 'inference/config/use', 'inference/sandbox', 'inference/sandbox/serve', 'inference/sandbox/status', 'inference/sandbox/reset', 'inference/completion')
    $valued = @('* --profile', '* --base-url', '* --color', '* --model', '* -m', '* --image', '* -i', 'inference/image --output', 'inference/video --output', 'inference/queue/submit --output', 'inference/queue/wait --output', 'inference/queue/download --output', 'inference/models/list --output', '* -o', '* --count', '* -n', '* --aspect-ratio', '* --size', '* --seed', '* --param', '* -p', '* --input', '* --timeout', '* --namespace', '* --repo', '* --folder', '* --tag', '* --response-format', '* --max-cost', '* --max-size', '* --jq', '* --first-frame', '* --last-frame', '* --video', '* --shot', '* --duration', '* --status', '* --media-type', '* --limit', '* --port', '* --media-port', '* --token', '* --api', '* --faults')
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
        if ($flag -ne '') { $flag = ''; continue }
        if ($word -eq '--') { break }
        if ($word.StartsWith('-')) {
            if (@($valued | Where-Object { "$place $word" -clike $_ }).Count -gt 0) { $flag = $word }
        } elseif ($places -ccontains "$place/$word") {
            $place = "$place/$word"
        }
    }

    $offers = if ($flag -ne '') {
        switch -CaseSensitive -Wildcard ("$place $flag") {
            'inference/models/list --output' {
                [CompletionResult]::new('text', 'text', 'ParameterValue', 'text')
                [CompletionResult]::new('image', 'image', 'ParameterValue', 'image')
                [CompletionResult]::new('video', 'video', 'ParameterValue', 'video')
                [CompletionResult]::new('audio', 'audio', 'ParameterValue', 'audio')
                break
            }
            '* --status' {
                [CompletionResult]::new('queued', 'queued', 'ParameterValue', 'queued')
                [CompletionResult]::new('processing', 'processing', 'ParameterValue', 'processing')
                [CompletionResult]::new('succeeded', 'succeeded', 'ParameterValue', 'succeeded')
                [CompletionResult]::new('failed', 'failed', 'ParameterValue', 'failed')
                [CompletionResult]::new('cancelled', 'cancelled', 'ParameterValue', 'cancelled')
                break
            }
            '* --media-type' {
                [CompletionResult]::new('image', 'image', 'ParameterValue', 'image')
                [CompletionResult]::new('video', 'video', 'ParameterValue', 'video')
                break
            }
            '* --api' {
                [CompletionResult]::new('both', 'both', 'ParameterValue', 'both')
                [CompletionResult]::new('current', 'current', 'ParameterValue', 'current')
                [CompletionResult]::new('2026-04', '2026-04', 'ParameterValue', '2026-04')
                break
            }
        }
    } else {
        switch -CaseSensitive ($place) {
            'inference' {
                [CompletionResult]::new('image', 'image', 'Command', 'Make pictures from a prompt, or edit them with -i')
                [CompletionResult]::new('video', 'video', 'Command', 'Make films from a prompt, pictures or another film')
                [CompletionResult]::new('queue', 'queue', 'Command', 'Submit, list, wait for, download and cancel background generations')
                [CompletionResult]::new('models', 'models', 'Command', 'Discover models, their parameters and prices')
                [CompletionResult]::new('auth', 'auth', 'Command', 'Sign in, sign out, see which token is used')
                [CompletionResult]::new('config', 'config', 'Command', 'Read and change settings and profiles')
                [CompletionResult]::new('sandbox', 'sandbox', 'Command', 'The whole API offline, on this machine: --sandbox uses it in process, serve offers it to …')
                [CompletionResult]::new('completion', 'completion', 'Command', 'Print the completion script of a shell')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                break
            }
            'inference/image' {
                [CompletionResult]::new('--model', '--model', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('-m', '-m', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('--image', '--image', 'ParameterName', 'An input image; repeat for several')
                [CompletionResult]::new('-i', '-i', 'ParameterName', 'An input image; repeat for several')
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('-o', '-o', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('--count', '--count', 'ParameterName', 'How many')
                [CompletionResult]::new('-n', '-n', 'ParameterName', 'How many')
                [CompletionResult]::new('--aspect-ratio', '--aspect-ratio', 'ParameterName', 'Such as 16:9')
                [CompletionResult]::new('--size', '--size', 'ParameterName', 'Such as 1024x1024 or 2K, as the model has it')
                [CompletionResult]::new('--seed', '--seed', 'ParameterName', 'The same seed makes the same result')
                [CompletionResult]::new('--param', '--param', 'ParameterName', 'A parameter of the model: key=value, key:=JSON, key=@file')
                [CompletionResult]::new('-p', '-p', 'ParameterName', 'A parameter of the model: key=value, key:=JSON, key=@file')
                [CompletionResult]::new('--input', '--input', 'ParameterName', 'JSON or TOML object of parameters; flags win')
                [CompletionResult]::new('--queue', '--queue', 'ParameterName', 'Through the queue (films: the default)')
                [CompletionResult]::new('--sync', '--sync', 'ParameterName', 'Direct, in one request (pictures: the default)')
                [CompletionResult]::new('--no-wait', '--no-wait', 'ParameterName', 'Submit through the queue, print the ids, return')
                [CompletionResult]::new('--timeout', '--timeout', 'ParameterName', 'Give up waiting; the generation runs on')
                [CompletionResult]::new('--namespace', '--namespace', 'ParameterName', 'Where results are saved and who pays')
                [CompletionResult]::new('--repo', '--repo', 'ParameterName', 'Repository that the results are saved in')
                [CompletionResult]::new('--folder', '--folder', 'ParameterName', 'Folder in that repository')
                [CompletionResult]::new('--tag', '--tag', 'ParameterName', 'A label of your own for the history, kept on this machine only [INFERENCE_TAG]')
                [CompletionResult]::new('--response-format', '--response-format', 'ParameterName', 'How a direct result arrives')
                [CompletionResult]::new('--dry-run', '--dry-run', 'ParameterName', 'Print the request and the price, send nothing')
                [CompletionResult]::new('--max-cost', '--max-cost', 'ParameterName', 'Refuse above this estimate, in dollars [INFERENCE_MAX_COST]')
                [CompletionResult]::new('--yes', '--yes', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('-y', '-y', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('--no-validate', '--no-validate', 'ParameterName', 'Send parameters unchecked')
                [CompletionResult]::new('--force', '--force', 'ParameterName', 'Overwrite a file of that name')
                [CompletionResult]::new('--no-clobber', '--no-clobber', 'ParameterName', 'Skip a file that is there')
                [CompletionResult]::new('--no-retry', '--no-retry', 'ParameterName', 'Try each request once')
                [CompletionResult]::new('--anyway', '--anyway', 'ParameterName', 'Ask again although the same request''s outcome is unknown')
                [CompletionResult]::new('--max-size', '--max-size', 'ParameterName', 'Largest file to download')
                [CompletionResult]::new('--allow-private-hosts', '--allow-private-hosts', 'ParameterName', 'Fetch results from private addresses too')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--events', '--events', 'ParameterName', 'A JSON line on stdout per update')
                [CompletionResult]::new('--quiet', '--quiet', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('-q', '-q', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/video' {
                [CompletionResult]::new('--model', '--model', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('-m', '-m', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('--image', '--image', 'ParameterName', 'An input image; repeat for several')
                [CompletionResult]::new('-i', '-i', 'ParameterName', 'An input image; repeat for several')
                [CompletionResult]::new('--first-frame', '--first-frame', 'ParameterName', 'The picture that it starts with')
                [CompletionResult]::new('--last-frame', '--last-frame', 'ParameterName', 'The picture that it ends with')
                [CompletionResult]::new('--video', '--video', 'ParameterName', 'An input film')
                [CompletionResult]::new('--shot', '--shot', 'ParameterName', 'One shot of a film of several, instead of a prompt; repeat')
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('-o', '-o', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('--count', '--count', 'ParameterName', 'How many')
                [CompletionResult]::new('-n', '-n', 'ParameterName', 'How many')
                [CompletionResult]::new('--duration', '--duration', 'ParameterName', 'Length of the film')
                [CompletionResult]::new('--aspect-ratio', '--aspect-ratio', 'ParameterName', 'Such as 16:9')
                [CompletionResult]::new('--size', '--size', 'ParameterName', 'Such as 1024x1024 or 2K, as the model has it')
                [CompletionResult]::new('--with-audio', '--with-audio', 'ParameterName', 'With a sound track')
                [CompletionResult]::new('--seed', '--seed', 'ParameterName', 'The same seed makes the same result')
                [CompletionResult]::new('--param', '--param', 'ParameterName', 'A parameter of the model: key=value, key:=JSON, key=@file')
                [CompletionResult]::new('-p', '-p', 'ParameterName', 'A parameter of the model: key=value, key:=JSON, key=@file')
                [CompletionResult]::new('--input', '--input', 'ParameterName', 'JSON or TOML object of parameters; flags win')
                [CompletionResult]::new('--queue', '--queue', 'ParameterName', 'Through the queue (films: the default)')
                [CompletionResult]::new('--sync', '--sync', 'ParameterName', 'Direct, in one request (pictures: the default)')
                [CompletionResult]::new('--no-wait', '--no-wait', 'ParameterName', 'Submit through the queue, print the ids, return')
                [CompletionResult]::new('--timeout', '--timeout', 'ParameterName', 'Give up waiting; the generation runs on')
                [CompletionResult]::new('--namespace', '--namespace', 'ParameterName', 'Where results are saved and who pays')
                [CompletionResult]::new('--repo', '--repo', 'ParameterName', 'Repository that the results are saved in')
                [CompletionResult]::new('--folder', '--folder', 'ParameterName', 'Folder in that repository')
                [CompletionResult]::new('--tag', '--tag', 'ParameterName', 'A label of your own for the history, kept on this machine only [INFERENCE_TAG]')
                [CompletionResult]::new('--response-format', '--response-format', 'ParameterName', 'How a direct result arrives')
                [CompletionResult]::new('--dry-run', '--dry-run', 'ParameterName', 'Print the request and the price, send nothing')
                [CompletionResult]::new('--max-cost', '--max-cost', 'ParameterName', 'Refuse above this estimate, in dollars [INFERENCE_MAX_COST]')
                [CompletionResult]::new('--yes', '--yes', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('-y', '-y', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('--no-validate', '--no-validate', 'ParameterName', 'Send parameters unchecked')
                [CompletionResult]::new('--force', '--force', 'ParameterName', 'Overwrite a file of that name')
                [CompletionResult]::new('--no-clobber', '--no-clobber', 'ParameterName', 'Skip a file that is there')
                [CompletionResult]::new('--no-retry', '--no-retry', 'ParameterName', 'Try each request once')
                [CompletionResult]::new('--anyway', '--anyway', 'ParameterName', 'Ask again although the same request''s outcome is unknown')
                [CompletionResult]::new('--max-size', '--max-size', 'ParameterName', 'Largest file to download')
                [CompletionResult]::new('--allow-private-hosts', '--allow-private-hosts', 'ParameterName', 'Fetch results from private addresses too')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--events', '--events', 'ParameterName', 'A JSON line on stdout per update')
                [CompletionResult]::new('--quiet', '--quiet', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('-q', '-q', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/queue' {
                [CompletionResult]::new('submit', 'submit', 'Command', 'Submit a generation, print its id and return; -o says where a later wait puts the result')
                [CompletionResult]::new('list', 'list', 'Command', 'List what is queued or running; --status names another state, --local asks this machine''s…')
                [CompletionResult]::new('show', 'show', 'Command', 'Show generations as the server and this machine''s journal know them')
                [CompletionResult]::new('wait', 'wait', 'Command', 'Wait for generations and download them, wherever they were submitted')
                [CompletionResult]::new('download', 'download', 'Command', 'Download generations that have ended; what still runs is left alone')
                [CompletionResult]::new('cancel', 'cancel', 'Command', 'Cancel generations; one that has ended already stays as it is, and can be downloaded')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/queue/submit' {
                [CompletionResult]::new('--model', '--model', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('-m', '-m', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('--image', '--image', 'ParameterName', 'An input image; repeat for several')
                [CompletionResult]::new('-i', '-i', 'ParameterName', 'An input image; repeat for several')
                [CompletionResult]::new('--first-frame', '--first-frame', 'ParameterName', 'The picture that it starts with')
                [CompletionResult]::new('--last-frame', '--last-frame', 'ParameterName', 'The picture that it ends with')
                [CompletionResult]::new('--video', '--video', 'ParameterName', 'An input film')
                [CompletionResult]::new('--shot', '--shot', 'ParameterName', 'One shot of a film of several, instead of a prompt; repeat')
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('-o', '-o', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('--count', '--count', 'ParameterName', 'How many')
                [CompletionResult]::new('-n', '-n', 'ParameterName', 'How many')
                [CompletionResult]::new('--duration', '--duration', 'ParameterName', 'Length of the film')
                [CompletionResult]::new('--aspect-ratio', '--aspect-ratio', 'ParameterName', 'Such as 16:9')
                [CompletionResult]::new('--size', '--size', 'ParameterName', 'Such as 1024x1024 or 2K, as the model has it')
                [CompletionResult]::new('--with-audio', '--with-audio', 'ParameterName', 'With a sound track')
                [CompletionResult]::new('--seed', '--seed', 'ParameterName', 'The same seed makes the same result')
                [CompletionResult]::new('--param', '--param', 'ParameterName', 'A parameter of the model: key=value, key:=JSON, key=@file')
                [CompletionResult]::new('-p', '-p', 'ParameterName', 'A parameter of the model: key=value, key:=JSON, key=@file')
                [CompletionResult]::new('--input', '--input', 'ParameterName', 'JSON or TOML object of parameters; flags win')
                [CompletionResult]::new('--namespace', '--namespace', 'ParameterName', 'Where results are saved and who pays')
                [CompletionResult]::new('--repo', '--repo', 'ParameterName', 'Repository that the results are saved in')
                [CompletionResult]::new('--folder', '--folder', 'ParameterName', 'Folder in that repository')
                [CompletionResult]::new('--tag', '--tag', 'ParameterName', 'A label of your own for the history, kept on this machine only [INFERENCE_TAG]')
                [CompletionResult]::new('--dry-run', '--dry-run', 'ParameterName', 'Print the request and the price, send nothing')
                [CompletionResult]::new('--max-cost', '--max-cost', 'ParameterName', 'Refuse above this estimate, in dollars [INFERENCE_MAX_COST]')
                [CompletionResult]::new('--yes', '--yes', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('-y', '-y', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('--no-validate', '--no-validate', 'ParameterName', 'Send parameters unchecked')
                [CompletionResult]::new('--force', '--force', 'ParameterName', 'Overwrite a file of that name')
                [CompletionResult]::new('--no-clobber', '--no-clobber', 'ParameterName', 'Skip a file that is there')
                [CompletionResult]::new('--no-retry', '--no-retry', 'ParameterName', 'Try each request once')
                [CompletionResult]::new('--anyway', '--anyway', 'ParameterName', 'Ask again although the same request''s outcome is unknown')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--quiet', '--quiet', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('-q', '-q', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/queue/list' {
                [CompletionResult]::new('--status', '--status', 'ParameterName', 'Only those in that state')
                [CompletionResult]::new('--model', '--model', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('-m', '-m', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('--media-type', '--media-type', 'ParameterName', 'Only that kind')
                [CompletionResult]::new('--namespace', '--namespace', 'ParameterName', 'Where results are saved and who pays')
                [CompletionResult]::new('--repo', '--repo', 'ParameterName', 'Repository that the results are saved in')
                [CompletionResult]::new('--folder', '--folder', 'ParameterName', 'Folder in that repository')
                [CompletionResult]::new('--local', '--local', 'ParameterName', 'What this machine''s journal knows; asks nobody')
                [CompletionResult]::new('--limit', '--limit', 'ParameterName', 'At most so many rows')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/queue/show' {
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/queue/wait' {
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('-o', '-o', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('--timeout', '--timeout', 'ParameterName', 'Give up waiting; the generation runs on')
                [CompletionResult]::new('--force', '--force', 'ParameterName', 'Overwrite a file of that name')
                [CompletionResult]::new('--no-clobber', '--no-clobber', 'ParameterName', 'Skip a file that is there')
                [CompletionResult]::new('--no-retry', '--no-retry', 'ParameterName', 'Try each request once')
                [CompletionResult]::new('--max-size', '--max-size', 'ParameterName', 'Largest file to download')
                [CompletionResult]::new('--allow-private-hosts', '--allow-private-hosts', 'ParameterName', 'Fetch results from private addresses too')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--events', '--events', 'ParameterName', 'A JSON line on stdout per update')
                [CompletionResult]::new('--quiet', '--quiet', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('-q', '-q', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/queue/download' {
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('-o', '-o', 'ParameterName', 'Where the result goes; {n} {id} {model} {seed} {slug} {ext}')
                [CompletionResult]::new('--force', '--force', 'ParameterName', 'Overwrite a file of that name')
                [CompletionResult]::new('--no-clobber', '--no-clobber', 'ParameterName', 'Skip a file that is there')
                [CompletionResult]::new('--no-retry', '--no-retry', 'ParameterName', 'Try each request once')
                [CompletionResult]::new('--max-size', '--max-size', 'ParameterName', 'Largest file to download')
                [CompletionResult]::new('--allow-private-hosts', '--allow-private-hosts', 'ParameterName', 'Fetch results from private addresses too')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--events', '--events', 'ParameterName', 'A JSON line on stdout per update')
                [CompletionResult]::new('--quiet', '--quiet', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('-q', '-q', 'ParameterName', 'No progress, no notes')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/queue/cancel' {
                [CompletionResult]::new('--no-retry', '--no-retry', 'ParameterName', 'Try each request once')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/models' {
                [CompletionResult]::new('list', 'list', 'Command', 'List the models, one a line')
                [CompletionResult]::new('show', 'show', 'Command', 'Show one model with its parameters and its price')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/models/list' {
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Only models that make that')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/models/show' {
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/auth' {
                [CompletionResult]::new('login', 'login', 'Command', 'Keep a token for the profile, bound to the origin that it is for')
                [CompletionResult]::new('status', 'status', 'Command', 'Show the profile, where its token comes from, and whether it works')
                [CompletionResult]::new('token', 'token', 'Command', 'Print the token; nothing else ever does')
                [CompletionResult]::new('logout', 'logout', 'Command', 'Forget the token of the profile')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/auth/login' {
                [CompletionResult]::new('--with-token', '--with-token', 'ParameterName', 'Read the token from standard input')
                [CompletionResult]::new('--import', '--import', 'ParameterName', 'Take over the token that the service''s own tool keeps')
                [CompletionResult]::new('--namespace', '--namespace', 'ParameterName', 'Where results are saved and who pays')
                [CompletionResult]::new('--no-verify', '--no-verify', 'ParameterName', 'Do not ask the API whether the token works')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/auth/status' {
                [CompletionResult]::new('--no-verify', '--no-verify', 'ParameterName', 'Do not ask the API whether the token works')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/auth/token' {
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/auth/logout' {
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/config' {
                [CompletionResult]::new('list', 'list', 'Command', 'List the settings in force, each with where it came from; tokens are masked')
                [CompletionResult]::new('get', 'get', 'Command', 'Print one setting in force')
                [CompletionResult]::new('set', 'set', 'Command', 'Set one value in the profile; comments in the file stay')
                [CompletionResult]::new('unset', 'unset', 'Command', 'Remove one value from the profile')
                [CompletionResult]::new('path', 'path', 'Command', 'Print where the file is')
                [CompletionResult]::new('profiles', 'profiles', 'Command', 'List the profiles; the one in use is marked')
                [CompletionResult]::new('use', 'use', 'Command', 'Make a profile the default one')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/config/list' {
                [CompletionResult]::new('--all', '--all', 'ParameterName', 'Settings without a value too')
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/config/get' {
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/config/set' {
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/config/unset' {
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/config/path' {
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/config/profiles' {
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/config/use' {
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/sandbox' {
                [CompletionResult]::new('serve', 'serve', 'Command', 'Serve the sandbox on this machine until Ctrl-C, for clients of any kind')
                [CompletionResult]::new('status', 'status', 'Command', 'Show what the sandbox holds: credits, generations, size')
                [CompletionResult]::new('reset', 'reset', 'Command', 'Forget every generation and file of the sandbox, and give its credits back')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/sandbox/serve' {
                [CompletionResult]::new('--port', '--port', 'ParameterName', 'Port of the API on 127.0.0.1; 0 takes a free one')
                [CompletionResult]::new('--media-port', '--media-port', 'ParameterName', 'Port of the results; 0 takes a free one')
                [CompletionResult]::new('--token', '--token', 'ParameterName', 'The only token to accept; any by default')
                [CompletionResult]::new('--api', '--api', 'ParameterName', 'Which generations of the API answer')
                [CompletionResult]::new('--faults', '--faults', 'ParameterName', 'A script of failures, one per request')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/sandbox/status' {
                [CompletionResult]::new('--json', '--json', 'ParameterName', 'The result as one JSON document on stdout')
                [CompletionResult]::new('--jq', '--jq', 'ParameterName', 'Filter that JSON with jq''s language')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/sandbox/reset' {
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
            'inference/completion' {
                [CompletionResult]::new('bash', 'bash', 'ParameterValue', 'bash, zsh, fish or powershell')
                [CompletionResult]::new('zsh', 'zsh', 'ParameterValue', 'bash, zsh, fish or powershell')
                [CompletionResult]::new('fish', 'fish', 'ParameterValue', 'bash, zsh, fish or powershell')
                [CompletionResult]::new('powershell', 'powershell', 'ParameterValue', 'bash, zsh, fish or powershell')
                [CompletionResult]::new('--help', '--help', 'ParameterName', 'Show this message and exit')
                [CompletionResult]::new('--profile', '--profile', 'ParameterName', 'Profile to use [INFERENCE_PROFILE]')
                [CompletionResult]::new('--sandbox', '--sandbox', 'ParameterName', 'Offline, in the built-in sandbox [INFERENCE_SANDBOX=1]')
                [CompletionResult]::new('--base-url', '--base-url', 'ParameterName', 'Where the API is [INFERENCE_BASE_URL]')
                [CompletionResult]::new('--verbose', '--verbose', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('-v', '-v', 'ParameterName', 'Say what happens, retries included')
                [CompletionResult]::new('--debug-http', '--debug-http', 'ParameterName', 'Trace requests on stderr, secrets masked')
                [CompletionResult]::new('--color', '--color', 'ParameterName', 'auto, always or never')
                [CompletionResult]::new('--no-color', '--no-color', 'ParameterName', 'The same as --color never')
                [CompletionResult]::new('--version', '--version', 'ParameterName', 'Print the version')
                break
            }
        }
    }
    $offers | Where-Object { $_.CompletionText -like "$([WildcardPattern]::Escape($wordToComplete))*" }
}
