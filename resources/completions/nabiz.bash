# Completion of nabiz for bash: the program itself says what may come next. Words are taken from the line, not from COMP_WORDS, which
# is cut at each `=` and `:`.
_nabiz() {
    local line=${COMP_LINE:0:COMP_POINT} IFS=$' \t\n' offered
    local -a words
    read -ra words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    local begun=${words[-1]}
    local kept=${begun%"${begun##*[=:@]}"} # what the shell leaves as it is: up to where it cuts words
    IFS=$'\n'
    offered=($("${words[0]/#\~/$HOME}" complete -- "${words[@]:1}" 2> /dev/null | cut -f 1))
    COMPREPLY=()
    local word
    for word in "${offered[@]}"; do
        if [[ $word == :files ]]; then
            compopt -o filenames
            COMPREPLY+=($(compgen -f -- "${begun#*=}"))
        else
            [[ $word == *= ]] && compopt -o nospace
            word=${word#"$kept"}
            COMPREPLY+=("$word")
        fi
    done
}
complete -F _nabiz nabiz
