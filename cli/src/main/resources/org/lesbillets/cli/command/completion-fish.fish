
# What can stand where the cursor is: a word on each line, and behind a tab what is said of it.
function __billets_complete
    set --local words (commandline --tokenize --current-process --cut-at-cursor)
    set --local raw (commandline --current-token --cut-at-cursor)
    set --local typed (string replace --regex '^[\'"]' '' -- "$raw")
    set --local program (string replace --regex '^~' $HOME -- $words[1])
    set --erase words[1]
    set --local answer (sh -c "$__billets_script" $program "$typed" $words)
    set --local kind $answer[1]
    set --local lead $answer[2]
    set --erase answer[1..2]
    switch "$kind"
        case files
            set --local path (string sub --start (math (string length -- "$lead") + 1) -- "$typed")
            for file in (__fish_complete_path "$path")
                printf '%s\n' "$lead$file"
            end
        case command
            set --local at (contains --index -- -- $words)
            set --erase words[1..$at]
            set --local command (string escape -- $words) "$raw"
            complete --do-complete (string join ' ' -- $command)
        case '*'
            for line in $answer
                test -z "$line"; or printf '%s\n' "$lead$line"
            end
    end
end

complete --command billets --no-files --keep-order --arguments '(__billets_complete)'
