_billets_newline='
'

# Puts into $lines what can stand where $1 is being typed behind "billets $2 …": a word on each
# line, and behind a tab what is said of it. $lead is what stands before all of these words already.
# Where the shell itself knows better, $kind says of what: files, or the words of a command.
_billets_complete() {
  [ -z "${ZSH_VERSION-}" ] || emulate -L sh
  local typed="$1" verb='' expects='' rest='' server='' context='' topic='' word=''
  lines='' lead='' kind='' place=0
  shift
  while [ $# -gt 0 ]; do
    word=$1
    shift
    if [ -n "$expects" ]; then
      _billets_server "$expects" "$word"
      expects=''
    elif [ -n "$rest" ]; then
      place=$((place + 1))
    else
      _billets_step
    fi
  done
  if [ -n "$expects" ]; then
    _billets_option "$verb" "$expects"
    _billets_offer "$typed"
  elif [ -n "$rest" ] && _billets_runs "$verb"; then
    kind='command'
  else
    _billets_begin
  fi
}

# Goes past one word before that which is being typed.
_billets_step() {
  case $word in
    --)
      rest=yes
      ! _billets_runs "$verb" || place=0
      ;;
    --*=*) _billets_server "${word%%=*}" "${word#*=}" ;;
    -*)
      _billets_option "$verb" "$word"
      [ -z "$kind" ] || expects=$word
      ;;
    *)
      if _billets_known "${verb:+$verb }$word"; then
        verb=${verb:+$verb }$word
      else
        place=$((place + 1))
        topic=$word
      fi
      ;;
  esac
}

# Remembers which server is to be asked.
_billets_server() {
  case $1 in
    --server) server=$2 ;;
    --context) context=$2 ;;
  esac
}

# What can stand where a word begins.
_billets_begin() {
  kind=''
  case $rest$typed in
    --*=*)
      _billets_option "$verb" "${typed%%=*}="
      lead=${typed%%=*}=
      _billets_offer "${typed#"$lead"}"
      ;;
    -*) _billets_options "$verb" ;;
    *)
      [ "$place" != 0 ] || _billets_verbs "$verb"
      if [ -z "$lines" ]; then
        _billets_place "$verb" "$place"
        _billets_offer "$typed"
      fi
      ;;
  esac
}

# What can stand where a word of that kind, $1 so far, is typed.
_billets_offer() {
  case $kind in
    words*)
      # shellcheck disable=SC2086
      _billets_words ${kind#words}
      ;;
    listed*)
      case $1 in *,*) lead="$lead${1%,*}," ;; esac
      # shellcheck disable=SC2086
      _billets_words ${kind#listed}
      ;;
    tickets*) _billets_ask tickets "${kind#tickets}" ;;
    contexts | agents | tags) _billets_ask "$kind" ;;
    assignee)
      _billets_ask agents
      lines="me$_billets_newline$lines"
      ;;
    query) _billets_query "$1" ;;
    topics)
      _billets_verbs "$topic"
      [ -n "$topic" ] || _billets_words agents exit-codes query
      ;;
  esac
}

_billets_words() {
  local word=''
  for word in "$@"; do
    lines="$lines${lines:+$_billets_newline}$word"
  done
}

# A term of a query: its field, or what can stand behind the colon.
_billets_query() {
  case $1 in
    not:*)
      lead="${lead}not:"
      _billets_query "${1#not:}"
      return
      ;;
    *:*) lead="$lead${1%%:*}:" ;;
  esac
  case $1 in
    status:*) _billets_words open closed locked ;;
    priority:*) _billets_priorities ;;
    assignee:* | holder:*)
      _billets_ask agents
      lines="me${_billets_newline}none$_billets_newline$lines"
      ;;
    by:*)
      _billets_ask agents
      lines="me$_billets_newline$lines"
      ;;
    tag:*) _billets_ask tags ;;
    *:*) ;;
    *) _billets_fields ;;
  esac
}

# Asks the server, unless it has just answered the same. Nothing is said when it is away.
_billets_ask() {
  local about="$server $context $*"
  if [ "$about" != "${_billets_asked-}" ] || [ $((SECONDS - _billets_asked_at)) -ge 5 ]; then
    [ -z "$server" ] || set -- "$@" --server "$server"
    [ -z "$context" ] || set -- "$@" --context "$context"
    _billets_told=$("$program" complete "$@" 2>/dev/null </dev/null)
    _billets_asked=${_billets_told:+$about}
    _billets_asked_at=$SECONDS
  fi
  lines=$_billets_told
}
