#!/bin/sh
# record.sh PID [START END]
# record.sh --text FILE PID
#
# Prints a recording of a process's page table, to be opened in the Lab: what the module ptwords says, and where it comes
# from. START and END are addresses in hexadecimal. With --text, FILE is what the module said before.
set -eu

here=$(dirname "$0")
ptwords=/sys/kernel/debug/ptwords

fail() {
  echo "record.sh: $1" >&2
  exit 1
}

# The module's text, on file descriptor 3.
ask() {
  [ "$(id -u)" = 0 ] || fail 'only root can read page tables: run it with sudo.'
  [ -d /sys/kernel/debug ] && grep -q ' /sys/kernel/debug debugfs' /proc/mounts || mount -t debugfs none /sys/kernel/debug
  [ -e "$ptwords" ] || insmod "$here/ptwords.ko" || fail 'the module ptwords could not be loaded: is it built for this kernel?'
  exec 3<>"$ptwords"
  echo "$*" >&3 || fail "there is no process $1 with memory of its own."
}

# Lines of the head that the module cannot know.
about() {
  echo "name $(cat "/proc/$1/comm" 2>/dev/null || echo "process-$1")"
  echo "about kernel $(uname -s) $(uname -r), $(uname -v)"
  if [ -r /sys/hypervisor/type ]; then
    echo "about machine $(cat /sys/hypervisor/type) $(cat /sys/hypervisor/version/major).$(cat /sys/hypervisor/version/minor), guest type $(cat /sys/hypervisor/guest_type 2>/dev/null || echo unknown)"
  fi
  echo "about when $(date -u +%Y-%m-%d)"
  echo 'about tool ptwords, a kernel module that walks the page table under its locks'
}

case ${1-} in
  '' | -h | --help)
    sed -n '2,7s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
  --text)
    [ $# = 3 ] || fail 'give a file and a process number.'
    exec 3<"$2"
    shift 2
    ;;
  *) ask "$@" ;;
esac

IFS= read -r first <&3 || fail 'the module said nothing.'
[ "$first" = 'one-bit-two-names capture 2' ] || fail "this is no text of the module: it begins with \"$first\"."
echo "$first"
about "$1"
cat <&3
