# shellcheck shell=bash
# Sourced by install.sh and up: what would stop the start, said before anything is done.
# shellcheck disable=SC2154  # root, var: say.sh

check_folder() {
  mkdir -p "$var/log" 2>/dev/null && [ -w "$root" ] && [ -w "$var/log" ] && return
  [ ! -w "$root" ] || [ ! -d "$var/log" ] || die "Files under $var belong to another account; bin/up was probably started with sudo once.
Give them to yours, then start again:" "sudo chown -R '$(id -un)' '$root'"
  die "This folder cannot be written: $root
Copy it to a place of yours and start there:" "git clone '$root' ~/racimo && cd ~/racimo && bin/up"
}

# check_space MEGABYTES: free space where the checkout is and where packages go.
check_space() {
  local place free
  for place in "$root" /; do
    free=$(df -Pm "$place" | awk 'NR==2{print $4}')
    [ "$free" -ge "$1" ] || die "The disk is almost full: $free MB are free at $place, and Racimo needs $1 MB." "df -h '$place'"
  done
}

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

free_port() {
  local port=$1
  while [ $((port += 1)) -lt 65535 ]; do
    answers 127.0.0.1 "$port" || { echo "$port"; return; }
  done
}

check_port() {
  if [[ ! $1 =~ ^[1-9][0-9]{0,4}$ ]] || [ "$1" -gt 65535 ]; then
    die "RACIMO_PORT must be a number from 1 to 65535, not \"$1\"." "RACIMO_PORT=8000 bin/up"
  fi
  [ "$1" -ge 1024 ] || [ "$(id -u)" = 0 ] || die "Ports below 1024 need root." "RACIMO_PORT=8000 bin/up"
  ! answers 127.0.0.1 "$1" ||
    die "Port $1 is taken by another program. Choose another one:" "RACIMO_PORT=$(free_port "$1") bin/up"
}
