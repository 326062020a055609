
_billets() {
  emulate -L zsh
  local lines lead kind place line value about end=' ' tab=$'\t' program=${words[1]/#\~/$HOME}
  local -a values shown
  local -i width=0 at
  _billets_complete "${(Q)PREFIX}" "${(@Q)words[2,CURRENT-1]}"
  case $kind in
    files)
      compset -P '*='
      _files
      return
      ;;
    command)
      at=${words[(i)--]}
      shift $at words
      ((CURRENT -= at))
      _normal
      return
      ;;
  esac
  for line in "${(@f)lines}"; do
    value=${line%%$tab*}
    ((${#value} <= width || ${#value} > 24)) || width=${#value}
  done
  for line in "${(@f)lines}"; do
    value=${line%%$tab*}
    about=${${line#$value}#$tab}
    [[ -n $value ]] || continue
    [[ $value != *: ]] || end=
    values+=("$lead$value")
    shown+=("${(r:width:)value}${about:+  -- $about}")
  done
  if [[ -n $lines ]]; then
    compadd -V billets -S "$end" -d shown -a values
  fi
}

# As a file in a folder of fpath it is the function itself; read by a shell it defines it.
if [[ ${funcstack[1]-} == _billets ]]; then
  _billets "$@"
else
  compdef _billets billets
fi
