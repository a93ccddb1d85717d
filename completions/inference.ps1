# PowerShell completion for inference: generated; loads with
#   inference completion powershell | Out-String | Invoke-Expression
# Commands and flags are in this file, the program is asked for models, parameters, generations, conversations and
# profiles; where there is no answer, PowerShell offers files.

using namespace System.Management.Automation

Register-ArgumentCompleter -Native -CommandName 'inference' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $place = 'inference'
    $flag = ''
    $places = @('inference/chat', 'inference/image', 'inference/video', 'inference/queue', 'inference/queue/submit', 'inference/queue/list', 'inference/queue/show', 'inference/queue/wait', 'inference/queue/download', 'inference/queue/cancel', 'inference/history', 'inference/history/list', 'inference/history/show', 'inference/history/spend', 'inference/recover', 'inference/logs', 'inference/logs/list', 'inference/logs/show', 'inference/logs/search', 'inference/logs/export', 'inference/logs/delete', 'inference/logs/path', 'inference/models', 'inference/models/list', 'inference/models/search', 'inference/models/show', 'inference/models/params', 'inference/models/activate', 'inference/models/deactivate', 'inference/models/favorite', 'inference/models/unfavorite', 'inference/models/update', 'inference/models/delete', 'inference/auth', 'inference/auth/login', 'inference/auth/status', 'inference/auth/token', 'inference/auth/logout', 'inference/config', 'inference/config/list', 'inference/config/get', 'inference/config/set', 'inference/config/unset', 'inference/config/path', 'inference/config/profiles', 'inference/config/use', 'inference/sandbox', 'inference/sandbox/serve', 'inference/sandbox/status', 'inference/sandbox/reset', 'inference/doctor', 'inference/completion')
    $valued = @('* --profile', '* --base-url', '* --color', '* --model', '* -m', '* --system', '* -s', '* --attach', '* -a', '* --file', 'inference/chat -f', 'inference/logs/export -f', '* --template', '* -t', '* --set', '* --save-template', '* --schema', '* --schema-multi', '* --retry-schema', '* --tool', '* -T', '* --approve', '* --tool-rounds', 'inference/chat --param', 'inference/image --param', 'inference/video --param', 'inference/queue/submit --param', 'inference/models/update --param', 'inference/chat -p', 'inference/image -p', 'inference/video -p', 'inference/queue/submit -p', 'inference/models/update -p', 'inference/chat --input', 'inference/image --input', 'inference/video --input', 'inference/queue/submit --input', 'inference/models/list --input', 'inference/models/update --input', 'inference/chat --output', 'inference/image --output', 'inference/video --output', 'inference/queue/submit --output', 'inference/queue/wait --output', 'inference/queue/download --output', 'inference/recover --output', 'inference/logs/export --output', 'inference/models/list --output', 'inference/chat -o', 'inference/image -o', 'inference/video -o', 'inference/queue/submit -o', 'inference/queue/wait -o', 'inference/queue/download -o', 'inference/recover -o', 'inference/logs/export -o', '* --cid', '* --max-cost', '* --as', '* --jq', '* --image', '* -i', '* --count', '* -n', '* --aspect-ratio', '* --size', '* --seed', '* --timeout', '* --namespace', '* --repo', '* --folder', '* --tag', '* --response-format', '* --max-size', '* --first-frame', '* --last-frame', '* --video', '* --shot', '* --duration', '* --status', '* --media-type', '* --limit', '* --since', '* --until', '* --by', '* --format', '* --older-than', '* --developer', '* --type', '* --price-below', '* --sort', '* --display-name', '* --description', '* --summary', '* --port', '* --media-port', '* --token', '* --api', '* --faults')
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

    $ask = { # offers what the program knows
        param($kind)
        $program = $commandAst.CommandElements[0].Extent.Text
        if (-not (Get-Command -Name $program -CommandType Application -ErrorAction Ignore)) { $program = 'inference' }
        $line = $commandAst.Extent.Text
        $typed = $cursorPosition - $commandAst.Extent.StartOffset
        $line = if ($typed -gt $line.Length) { $line.PadRight($typed) } else { $line.Substring(0, $typed) }
        $line = $line.Replace('"', "'") # PowerShells before 7.3 lose double quotes on the way to a program
        foreach ($answer in @() | & $program __complete $kind line $line 2>$null) {
            $word, $tip = $answer -split "`t", 2
            $text = if ($word -match '^[\w./:=+-]+$') { $word } else { "'" + $word.Replace("'", "''") + "'" }
            if (-not $tip) { $tip = $word }
            [CompletionResult]::new($text, $word, 'ParameterValue', $tip)
        }
    }

    $offers = if ($flag -ne '') {
        switch -CaseSensitive -Wildcard ("$place $flag") {
            '* --profile' {
                & $ask 'profile'
                break
            }
            '* --model' {
                & $ask 'model'
                break
            }
            '* -m' {
                & $ask 'model'
                break
            }
            'inference/logs/export -f' {
                [CompletionResult]::new('markdown', 'markdown', 'ParameterValue', 'markdown')
                [CompletionResult]::new('json', 'json', 'ParameterValue', 'json')
                break
            }
            'inference/chat --param' {
                & $ask 'parameter'
                break
            }
            'inference/image --param' {
                & $ask 'parameter'
                break
            }
            'inference/video --param' {
                & $ask 'parameter'
                break
            }
            'inference/queue/submit --param' {
                & $ask 'parameter'
                break
            }
            'inference/chat -p' {
                & $ask 'parameter'
                break
            }
            'inference/image -p' {
                & $ask 'parameter'
                break
            }
            'inference/video -p' {
                & $ask 'parameter'
                break
            }
            'inference/queue/submit -p' {
                & $ask 'parameter'
                break
            }
            'inference/models/list --input' {
                [CompletionResult]::new('text', 'text', 'ParameterValue', 'text')
                [CompletionResult]::new('image', 'image', 'ParameterValue', 'image')
                [CompletionResult]::new('video', 'video', 'ParameterValue', 'video')
                [CompletionResult]::new('audio', 'audio', 'ParameterValue', 'audio')
                [CompletionResult]::new('file', 'file', 'ParameterValue', 'file')
                break
            }
            'inference/models/list --output' {
                [CompletionResult]::new('text', 'text', 'ParameterValue', 'text')
                [CompletionResult]::new('image', 'image', 'ParameterValue', 'image')
                [CompletionResult]::new('video', 'video', 'ParameterValue', 'video')
                [CompletionResult]::new('audio', 'audio', 'ParameterValue', 'audio')
                break
            }
            '* --cid' {
                & $ask 'conversation'
                break
            }
            '* --as' {
                [CompletionResult]::new('curl', 'curl', 'ParameterValue', 'curl')
                [CompletionResult]::new('python', 'python', 'ParameterValue', 'python')
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
            '* --by' {
                [CompletionResult]::new('day', 'day', 'ParameterValue', 'day')
                [CompletionResult]::new('week', 'week', 'ParameterValue', 'week')
                [CompletionResult]::new('month', 'month', 'ParameterValue', 'month')
                [CompletionResult]::new('model', 'model', 'ParameterValue', 'model')
                [CompletionResult]::new('tag', 'tag', 'ParameterValue', 'tag')
                [CompletionResult]::new('status', 'status', 'ParameterValue', 'status')
                [CompletionResult]::new('media', 'media', 'ParameterValue', 'media')
                break
            }
            '* --format' {
                [CompletionResult]::new('markdown', 'markdown', 'ParameterValue', 'markdown')
                [CompletionResult]::new('json', 'json', 'ParameterValue', 'json')
                break
            }
            '* --type' {
                [CompletionResult]::new('base', 'base', 'ParameterValue', 'base')
                [CompletionResult]::new('custom', 'custom', 'ParameterValue', 'custom')
                break
            }
            '* --sort' {
                [CompletionResult]::new('name', 'name', 'ParameterValue', 'name')
                [CompletionResult]::new('price', 'price', 'ParameterValue', 'price')
                [CompletionResult]::new('developer', 'developer', 'ParameterValue', 'developer')
                [CompletionResult]::new('newest', 'newest', 'ParameterValue', 'newest')
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
                [CompletionResult]::new('chat', 'chat', 'Command', 'Ask a model: one answer, a filter in a pipe, or a conversation')
                [CompletionResult]::new('image', 'image', 'Command', 'Make pictures from a prompt, or edit them with -i')
                [CompletionResult]::new('video', 'video', 'Command', 'Make films from a prompt, pictures or another film')
                [CompletionResult]::new('queue', 'queue', 'Command', 'Submit, list, wait for, download and cancel background generations')
                [CompletionResult]::new('history', 'history', 'Command', 'Past generations and what they cost')
                [CompletionResult]::new('recover', 'recover', 'Command', 'Find out what became of lost requests, finish interrupted downloads, fetch what else the …')
                [CompletionResult]::new('logs', 'logs', 'Command', 'Conversations kept on this machine')
                [CompletionResult]::new('models', 'models', 'Command', 'Discover models, their parameters and prices')
                [CompletionResult]::new('auth', 'auth', 'Command', 'Sign in, sign out, see which token is used')
                [CompletionResult]::new('config', 'config', 'Command', 'Read and change settings and profiles')
                [CompletionResult]::new('sandbox', 'sandbox', 'Command', 'The whole API offline, on this machine: --sandbox uses it in process, serve offers it to …')
                [CompletionResult]::new('doctor', 'doctor', 'Command', 'Check this installation, line by line, each with its fix')
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
            'inference/chat' {
                [CompletionResult]::new('--model', '--model', 'ParameterName', 'Model or alias; several are compared side by side')
                [CompletionResult]::new('-m', '-m', 'ParameterName', 'Model or alias; several are compared side by side')
                [CompletionResult]::new('--system', '--system', 'ParameterName', 'What the model is told first')
                [CompletionResult]::new('-s', '-s', 'ParameterName', 'What the model is told first')
                [CompletionResult]::new('--attach', '--attach', 'ParameterName', 'An image, PDF, sound or film; repeat')
                [CompletionResult]::new('-a', '-a', 'ParameterName', 'An image, PDF, sound or film; repeat')
                [CompletionResult]::new('--file', '--file', 'ParameterName', 'A text file put into the prompt, with its name; repeat')
                [CompletionResult]::new('-f', '-f', 'ParameterName', 'A text file put into the prompt, with its name; repeat')
                [CompletionResult]::new('--template', '--template', 'ParameterName', 'Prompt and settings of that name')
                [CompletionResult]::new('-t', '-t', 'ParameterName', 'Prompt and settings of that name')
                [CompletionResult]::new('--set', '--set', 'ParameterName', 'A {variable} of the template; repeat')
                [CompletionResult]::new('--save-template', '--save-template', 'ParameterName', 'Keep these flags as a template; ask nothing')
                [CompletionResult]::new('--schema', '--schema', 'ParameterName', 'Form of the answer, such as ''name, age int, bio: one line''')
                [CompletionResult]::new('--schema-multi', '--schema-multi', 'ParameterName', 'The same for a list of them')
                [CompletionResult]::new('--retry-schema', '--retry-schema', 'ParameterName', 'Ask again when the answer does not fit; it costs again')
                [CompletionResult]::new('--tool', '--tool', 'ParameterName', 'A tool: time, files, http_get, FILE.py[:FUNCTION], FILE.toml, mcp:COMMAND; repeat')
                [CompletionResult]::new('-T', '-T', 'ParameterName', 'A tool: time, files, http_get, FILE.py[:FUNCTION], FILE.toml, mcp:COMMAND; repeat')
                [CompletionResult]::new('--approve', '--approve', 'ParameterName', 'Which calls may run or write something: asked on a terminal, else only those named')
                [CompletionResult]::new('--tool-rounds', '--tool-rounds', 'ParameterName', 'Requests of one answer that calls tools')
                [CompletionResult]::new('--param', '--param', 'ParameterName', 'A parameter of the model: key=value, key:=JSON, key=@file')
                [CompletionResult]::new('-p', '-p', 'ParameterName', 'A parameter of the model: key=value, key:=JSON, key=@file')
                [CompletionResult]::new('--input', '--input', 'ParameterName', 'JSON or TOML object of parameters; flags win')
                [CompletionResult]::new('--extract', '--extract', 'ParameterName', 'Only the first code block of the answer')
                [CompletionResult]::new('-x', '-x', 'ParameterName', 'Only the first code block of the answer')
                [CompletionResult]::new('--extract-last', '--extract-last', 'ParameterName', 'Only the last code block of the answer')
                [CompletionResult]::new('--xl', '--xl', 'ParameterName', 'Only the last code block of the answer')
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Write the answer to that file')
                [CompletionResult]::new('-o', '-o', 'ParameterName', 'Write the answer to that file')
                [CompletionResult]::new('--continue', '--continue', 'ParameterName', 'Go on with the last conversation')
                [CompletionResult]::new('-c', '-c', 'ParameterName', 'Go on with the last conversation')
                [CompletionResult]::new('--cid', '--cid', 'ParameterName', 'Go on with that conversation')
                [CompletionResult]::new('--no-log', '--no-log', 'ParameterName', 'Keep nothing of it on this machine')
                [CompletionResult]::new('--no-stream', '--no-stream', 'ParameterName', 'Show the answer when it is complete')
                [CompletionResult]::new('--usage', '--usage', 'ParameterName', 'Tokens, time and cost on stderr')
                [CompletionResult]::new('-u', '-u', 'ParameterName', 'Tokens, time and cost on stderr')
                [CompletionResult]::new('--hide-reasoning', '--hide-reasoning', 'ParameterName', 'Leave the model''s reasoning out')
                [CompletionResult]::new('-R', '-R', 'ParameterName', 'Leave the model''s reasoning out')
                [CompletionResult]::new('--max-cost', '--max-cost', 'ParameterName', 'Refuse above this estimate, in dollars [INFERENCE_MAX_COST]')
                [CompletionResult]::new('--yes', '--yes', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('-y', '-y', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('--dry-run', '--dry-run', 'ParameterName', 'Print the request and the price, send nothing')
                [CompletionResult]::new('--as', '--as', 'ParameterName', 'Print the request as code that runs as it stands; send nothing')
                [CompletionResult]::new('--no-validate', '--no-validate', 'ParameterName', 'Send parameters unchecked')
                [CompletionResult]::new('--force', '--force', 'ParameterName', 'Overwrite a file of that name')
                [CompletionResult]::new('--no-clobber', '--no-clobber', 'ParameterName', 'Skip a file that is there')
                [CompletionResult]::new('--no-retry', '--no-retry', 'ParameterName', 'Try each request once')
                [CompletionResult]::new('--retry-chat', '--retry-chat', 'ParameterName', 'Ask again when the connection broke before a word came; it may cost twice')
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
                [CompletionResult]::new('--tag', '--tag', 'ParameterName', 'Your own label; the API has none, so it stays in this machine''s history [INFERENCE_TAG]')
                [CompletionResult]::new('--response-format', '--response-format', 'ParameterName', 'How a direct result arrives')
                [CompletionResult]::new('--dry-run', '--dry-run', 'ParameterName', 'Print the request and the price, send nothing')
                [CompletionResult]::new('--as', '--as', 'ParameterName', 'Print the request as code that runs as it stands; send nothing')
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
                [CompletionResult]::new('--tag', '--tag', 'ParameterName', 'Your own label; the API has none, so it stays in this machine''s history [INFERENCE_TAG]')
                [CompletionResult]::new('--response-format', '--response-format', 'ParameterName', 'How a direct result arrives')
                [CompletionResult]::new('--dry-run', '--dry-run', 'ParameterName', 'Print the request and the price, send nothing')
                [CompletionResult]::new('--as', '--as', 'ParameterName', 'Print the request as code that runs as it stands; send nothing')
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
                [CompletionResult]::new('--tag', '--tag', 'ParameterName', 'Your own label; the API has none, so it stays in this machine''s history [INFERENCE_TAG]')
                [CompletionResult]::new('--dry-run', '--dry-run', 'ParameterName', 'Print the request and the price, send nothing')
                [CompletionResult]::new('--as', '--as', 'ParameterName', 'Print the request as code that runs as it stands; send nothing')
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
                & $ask 'generation'
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
                & $ask 'generation'
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
                & $ask 'generation'
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
                & $ask 'generation'
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
            'inference/history' {
                [CompletionResult]::new('list', 'list', 'Command', 'List past generations, newest first, with what they cost')
                [CompletionResult]::new('show', 'show', 'Command', 'Show generations whole: parameters, times, cost, file')
                [CompletionResult]::new('spend', 'spend', 'Command', 'Show what generations cost, by day, model, tag and more')
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
            'inference/history/list' {
                [CompletionResult]::new('--since', '--since', 'ParameterName', 'Only since then: 7d, 24h, 2026-11-01, yesterday')
                [CompletionResult]::new('--until', '--until', 'ParameterName', 'Only before then; a day is in it')
                [CompletionResult]::new('--model', '--model', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('-m', '-m', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('--status', '--status', 'ParameterName', 'Only those in that state')
                [CompletionResult]::new('--media-type', '--media-type', 'ParameterName', 'Only that kind')
                [CompletionResult]::new('--tag', '--tag', 'ParameterName', 'Only what this machine made with that label')
                [CompletionResult]::new('--namespace', '--namespace', 'ParameterName', 'Where results are saved and who pays')
                [CompletionResult]::new('--repo', '--repo', 'ParameterName', 'Repository that the results are saved in')
                [CompletionResult]::new('--folder', '--folder', 'ParameterName', 'Folder in that repository')
                [CompletionResult]::new('--local', '--local', 'ParameterName', 'What this machine''s journal knows; asks nobody')
                [CompletionResult]::new('--limit', '--limit', 'ParameterName', 'At most so many rows; 50 if not said')
                [CompletionResult]::new('--all', '--all', 'ParameterName', 'All rows, however many')
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
            'inference/history/show' {
                & $ask 'generation'
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
            'inference/history/spend' {
                [CompletionResult]::new('--by', '--by', 'ParameterName', 'What is summed')
                [CompletionResult]::new('--since', '--since', 'ParameterName', 'Only since then: 7d, 2026-11-01, all')
                [CompletionResult]::new('--until', '--until', 'ParameterName', 'Only before then; a day is in it')
                [CompletionResult]::new('--model', '--model', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('-m', '-m', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('--status', '--status', 'ParameterName', 'Only those in that state')
                [CompletionResult]::new('--media-type', '--media-type', 'ParameterName', 'Only that kind')
                [CompletionResult]::new('--tag', '--tag', 'ParameterName', 'Only what this machine made with that label')
                [CompletionResult]::new('--namespace', '--namespace', 'ParameterName', 'Where results are saved and who pays')
                [CompletionResult]::new('--repo', '--repo', 'ParameterName', 'Repository that the results are saved in')
                [CompletionResult]::new('--folder', '--folder', 'ParameterName', 'Folder in that repository')
                [CompletionResult]::new('--local', '--local', 'ParameterName', 'What this machine''s journal knows; asks nobody')
                [CompletionResult]::new('--csv', '--csv', 'ParameterName', 'The sums as CSV with a heading')
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
            'inference/recover' {
                [CompletionResult]::new('--since', '--since', 'ParameterName', 'How far back to look into the account: 7d, 2026-11-01')
                [CompletionResult]::new('--all', '--all', 'ParameterName', 'All of the account''s history, however old')
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Folder for all files; else each goes where it was to')
                [CompletionResult]::new('-o', '-o', 'ParameterName', 'Folder for all files; else each goes where it was to')
                [CompletionResult]::new('--forget', '--forget', 'ParameterName', 'Set aside what is still unknown: it counts as billed, and is not asked about')
                [CompletionResult]::new('--dry-run', '--dry-run', 'ParameterName', 'Show what would be done, and change nothing')
                [CompletionResult]::new('--yes', '--yes', 'ParameterName', 'Download what else the account has without asking')
                [CompletionResult]::new('-y', '-y', 'ParameterName', 'Download what else the account has without asking')
                [CompletionResult]::new('--timeout', '--timeout', 'ParameterName', 'Give up waiting; what is left stays')
                [CompletionResult]::new('--no-retry', '--no-retry', 'ParameterName', 'Try each request once')
                [CompletionResult]::new('--max-size', '--max-size', 'ParameterName', 'Largest file to download')
                [CompletionResult]::new('--allow-private-hosts', '--allow-private-hosts', 'ParameterName', 'Fetch results from private addresses too')
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
            'inference/logs' {
                [CompletionResult]::new('list', 'list', 'Command', 'List conversations, the one that was talked in last first')
                [CompletionResult]::new('show', 'show', 'Command', 'Show conversations, the last one where none is named')
                [CompletionResult]::new('search', 'search', 'Command', 'Find conversations by what was said in them, newest first')
                [CompletionResult]::new('export', 'export', 'Command', 'Write conversations as Markdown, or as JSON with everything that is known; the last one w…')
                [CompletionResult]::new('delete', 'delete', 'Command', 'Delete conversations, and attachments that no other one has')
                [CompletionResult]::new('path', 'path', 'Command', 'Print where the file is that conversations are kept in')
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
            'inference/logs/list' {
                [CompletionResult]::new('--since', '--since', 'ParameterName', 'Only since then: 7d, 24h, 2026-11-01, yesterday')
                [CompletionResult]::new('--until', '--until', 'ParameterName', 'Only before then; a day is in it')
                [CompletionResult]::new('--model', '--model', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('-m', '-m', 'ParameterName', 'Model, or an alias of the profile')
                [CompletionResult]::new('--limit', '--limit', 'ParameterName', 'At most so many rows; 50 if not said')
                [CompletionResult]::new('-n', '-n', 'ParameterName', 'At most so many rows; 50 if not said')
                [CompletionResult]::new('--all', '--all', 'ParameterName', 'All rows, however many')
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
            'inference/logs/show' {
                & $ask 'conversation'
                [CompletionResult]::new('--response', '--response', 'ParameterName', 'Only the text of the last answer')
                [CompletionResult]::new('-r', '-r', 'ParameterName', 'Only the text of the last answer')
                [CompletionResult]::new('--extract', '--extract', 'ParameterName', 'Only the first code block of the answer')
                [CompletionResult]::new('-x', '-x', 'ParameterName', 'Only the first code block of the answer')
                [CompletionResult]::new('--extract-last', '--extract-last', 'ParameterName', 'Only the last code block of the answer')
                [CompletionResult]::new('--xl', '--xl', 'ParameterName', 'Only the last code block of the answer')
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
            'inference/logs/search' {
                [CompletionResult]::new('--since', '--since', 'ParameterName', 'Only since then: 7d, 24h, 2026-11-01, yesterday')
                [CompletionResult]::new('--limit', '--limit', 'ParameterName', 'At most so many rows; 50 if not said')
                [CompletionResult]::new('-n', '-n', 'ParameterName', 'At most so many rows; 50 if not said')
                [CompletionResult]::new('--all', '--all', 'ParameterName', 'All rows, however many')
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
            'inference/logs/export' {
                & $ask 'conversation'
                [CompletionResult]::new('--format', '--format', 'ParameterName', 'What it becomes')
                [CompletionResult]::new('-f', '-f', 'ParameterName', 'What it becomes')
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Write it there; a folder, or {id} in the name: a file each')
                [CompletionResult]::new('-o', '-o', 'ParameterName', 'Write it there; a folder, or {id} in the name: a file each')
                [CompletionResult]::new('--force', '--force', 'ParameterName', 'Overwrite a file of that name')
                [CompletionResult]::new('--no-clobber', '--no-clobber', 'ParameterName', 'Skip a file that is there')
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
            'inference/logs/delete' {
                & $ask 'conversation'
                [CompletionResult]::new('--all', '--all', 'ParameterName', 'Every conversation')
                [CompletionResult]::new('--older-than', '--older-than', 'ParameterName', 'Those in which nothing was asked since')
                [CompletionResult]::new('--yes', '--yes', 'ParameterName', 'Consent in advance')
                [CompletionResult]::new('-y', '-y', 'ParameterName', 'Consent in advance')
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
            'inference/logs/path' {
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
                [CompletionResult]::new('list', 'list', 'Command', 'List the models, one a line; what was listed within the hour is not asked for again')
                [CompletionResult]::new('search', 'search', 'Command', 'Search the models; the server finds, or without a network what is known here')
                [CompletionResult]::new('show', 'show', 'Command', 'Show one model: what it takes and makes, its price, its parameters, and a command that us…')
                [CompletionResult]::new('params', 'params', 'Command', 'Show the parameters of a model: type, default, what is allowed; --json gives their schema')
                [CompletionResult]::new('activate', 'activate', 'Command', 'Start the deployment of a model, and wait until it is there')
                [CompletionResult]::new('deactivate', 'deactivate', 'Command', 'Stop the deployment of a model, and wait until it has ended')
                [CompletionResult]::new('favorite', 'favorite', 'Command', 'Add a model to your favorites')
                [CompletionResult]::new('unfavorite', 'unfavorite', 'Command', 'Take a model off your favorites')
                [CompletionResult]::new('update', 'update', 'Command', 'Change one of your own models')
                [CompletionResult]::new('delete', 'delete', 'Command', 'Delete one of your own models; asks first, in a script it needs -y')
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
                [CompletionResult]::new('--input', '--input', 'ParameterName', 'Only models that take that')
                [CompletionResult]::new('--output', '--output', 'ParameterName', 'Only models that make that')
                [CompletionResult]::new('--developer', '--developer', 'ParameterName', 'Only models whose maker''s name has that')
                [CompletionResult]::new('--type', '--type', 'ParameterName', 'Only base models, or only your own')
                [CompletionResult]::new('--favorites', '--favorites', 'ParameterName', 'Only your favorites')
                [CompletionResult]::new('--featured', '--featured', 'ParameterName', 'Only those that the service recommends')
                [CompletionResult]::new('--price-below', '--price-below', 'ParameterName', 'Only models whose least price is at most that: of an image, of a second, of a million out…')
                [CompletionResult]::new('--sort', '--sort', 'ParameterName', 'Order; the server''s own without it')
                [CompletionResult]::new('--limit', '--limit', 'ParameterName', 'At most so many rows')
                [CompletionResult]::new('--refresh', '--refresh', 'ParameterName', 'Ask the server, whatever is known from the last hour')
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
            'inference/models/search' {
                [CompletionResult]::new('--limit', '--limit', 'ParameterName', 'At most so many rows')
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
            'inference/models/show' {
                & $ask 'model'
                [CompletionResult]::new('--refresh', '--refresh', 'ParameterName', 'Ask the server, whatever is known from the last hour')
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
            'inference/models/params' {
                & $ask 'model'
                [CompletionResult]::new('--refresh', '--refresh', 'ParameterName', 'Ask the server, whatever is known from the last hour')
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
            'inference/models/activate' {
                & $ask 'model'
                [CompletionResult]::new('--no-wait', '--no-wait', 'ParameterName', 'Ask for it and return')
                [CompletionResult]::new('--timeout', '--timeout', 'ParameterName', 'Give up waiting; it goes on')
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
            'inference/models/deactivate' {
                & $ask 'model'
                [CompletionResult]::new('--no-wait', '--no-wait', 'ParameterName', 'Ask for it and return')
                [CompletionResult]::new('--timeout', '--timeout', 'ParameterName', 'Give up waiting; it goes on')
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
            'inference/models/favorite' {
                & $ask 'model'
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
            'inference/models/unfavorite' {
                & $ask 'model'
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
            'inference/models/update' {
                & $ask 'model'
                [CompletionResult]::new('--display-name', '--display-name', 'ParameterName', 'Its name for people')
                [CompletionResult]::new('--description', '--description', 'ParameterName', 'What it is about')
                [CompletionResult]::new('--summary', '--summary', 'ParameterName', 'The same in a sentence')
                [CompletionResult]::new('--param', '--param', 'ParameterName', 'Any other field: key=text or key:=JSON')
                [CompletionResult]::new('-p', '-p', 'ParameterName', 'Any other field: key=text or key:=JSON')
                [CompletionResult]::new('--input', '--input', 'ParameterName', 'JSON or TOML object of fields; flags win')
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
            'inference/models/delete' {
                & $ask 'model'
                [CompletionResult]::new('--yes', '--yes', 'ParameterName', 'Do not ask')
                [CompletionResult]::new('-y', '-y', 'ParameterName', 'Do not ask')
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
                [CompletionResult]::new('base_url', 'base_url', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('token', 'token', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('namespace', 'namespace', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('api', 'api', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_chat', 'model_chat', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_image', 'model_image', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_edit', 'model_edit', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_video', 'model_video', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_image_to_video', 'model_image_to_video', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_audio', 'model_audio', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('tag', 'tag', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('confirm_above', 'confirm_above', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('budget_day', 'budget_day', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('budget_month', 'budget_month', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
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
                [CompletionResult]::new('base_url', 'base_url', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('token', 'token', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('namespace', 'namespace', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('api', 'api', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_chat', 'model_chat', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_image', 'model_image', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_edit', 'model_edit', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_video', 'model_video', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_image_to_video', 'model_image_to_video', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_audio', 'model_audio', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('tag', 'tag', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('confirm_above', 'confirm_above', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('budget_day', 'budget_day', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('budget_month', 'budget_month', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
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
                [CompletionResult]::new('base_url', 'base_url', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('token', 'token', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('namespace', 'namespace', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('api', 'api', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_chat', 'model_chat', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_image', 'model_image', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_edit', 'model_edit', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_video', 'model_video', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_image_to_video', 'model_image_to_video', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('model_audio', 'model_audio', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('tag', 'tag', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('confirm_above', 'confirm_above', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('budget_day', 'budget_day', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
                [CompletionResult]::new('budget_month', 'budget_month', 'ParameterValue', 'Such as api, model_image or aliases.NAME')
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
                & $ask 'profile'
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
            'inference/doctor' {
                [CompletionResult]::new('--offline', '--offline', 'ParameterName', 'Ask nobody: leave the API out')
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
            'inference/completion' {
                [CompletionResult]::new('bash', 'bash', 'ParameterValue', 'bash, zsh, fish or powershell; man: the manual page')
                [CompletionResult]::new('zsh', 'zsh', 'ParameterValue', 'bash, zsh, fish or powershell; man: the manual page')
                [CompletionResult]::new('fish', 'fish', 'ParameterValue', 'bash, zsh, fish or powershell; man: the manual page')
                [CompletionResult]::new('powershell', 'powershell', 'ParameterValue', 'bash, zsh, fish or powershell; man: the manual page')
                [CompletionResult]::new('man', 'man', 'ParameterValue', 'bash, zsh, fish or powershell; man: the manual page')
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
    $offers | Where-Object { $_.ListItemText -like "$([WildcardPattern]::Escape($wordToComplete))*" }
}
