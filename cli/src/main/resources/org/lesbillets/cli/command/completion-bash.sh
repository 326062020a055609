
_billets_bash() {
  local lines lead kind place value about full reply i piece bare breaks='' kept='' quoted=''
  local program=${COMP_WORDS[0]/#\~/$HOME} rest=${COMP_LINE:0:COMP_POINT}
  local -a words=() shown=()
  # For readline : and = end words, for billets they do not.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    bare=${rest#"${rest%%[![:space:]]*}"}
    piece=${COMP_WORDS[i]}
    ((i < COMP_CWORD)) || piece=$bare
    [[ $i != 0 && $bare == "$rest" ]] || words+=('')
    words[${#words[@]} - 1]+=$piece
    rest=${bare#"$piece"}
  done
  local typed=${words[${#words[@]} - 1]}
  case $typed in
    [\'\"]*) quoted=${typed:0:1} typed=${typed:1} ;;
  esac
  _billets_complete "$typed" "${words[@]:1:${#words[@]} - 2}"

  # What stands before the last of them is there for readline already.
  [[ $COMP_WORDBREAKS != *:* ]] || breaks=:
  [[ $COMP_WORDBREAKS != *=* ]] || breaks+='='
  if [[ -n $breaks && -z $quoted && $typed == *[$breaks]* ]]; then
    kept=${typed%"${typed##*["$breaks"]}"}
  fi
  COMPREPLY=()
  case $kind in
    files) _billets_own "$kept" -f -- "${typed#"$lead"}" ;;
    command)
      if ((place == 0)); then _billets_own '' -c -- "$typed"; else _billets_own '' -f -- "$typed"; fi
      ;;
  esac
  local described='' open=yes
  while IFS=$'\t' read -r value about; do
    full=$lead$value
    [[ -n $value && $full == "$typed"* ]] || continue
    reply=${full#"$kept"}
    [[ $reply == *: ]] || open=''
    shown+=("$reply${about:+  ($about)}")
    described+=$about
    [[ -n $quoted || $reply != *[!A-Za-z0-9:=@%+,./_-]* ]] || printf -v reply %q "$reply"
    COMPREPLY+=("$reply")
  done <<<"$lines"
  compopt -o nosort 2>/dev/null
  [[ -z $open || ${#COMPREPLY[@]} == 0 ]] || compopt -o nospace 2>/dev/null
  # Only where they are shown and none is taken.
  case ${COMP_TYPE-} in
    33 | 63 | 64) [[ ${#COMPREPLY[@]} -lt 2 || -z $described ]] || COMPREPLY=("${shown[@]}") ;;
  esac
}

# What bash itself knows of.
_billets_own() {
  local kept=$1
  shift
  [[ $1 != -f ]] || compopt -o filenames 2>/dev/null
  while IFS= read -r value; do
    full=$lead$value
    COMPREPLY+=("${full#"$kept"}")
  done < <(compgen "$@")
}

complete -F _billets_bash billets
