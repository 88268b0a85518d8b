#!/bin/sh
# Fetches the Debian packages whose schemas the comparison is proven on, and unpacks them into a folder without installing them:
# test/support/public-schemas.sh <folder>, then SLIPWAY_SCHEMAS=<folder> for the tests.
set -eu

if [ $# -ne 1 ]; then
  echo 'Name the folder that the schemas go to: test/support/public-schemas.sh <folder>.' >&2
  exit 2
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)
loading=$(mktemp -d)
trap 'rm -rf "$loading"' EXIT
chmod 755 "$loading"

# apt fetches as a user of its own where it can; it says so when it cannot, which is no failure.
fetched() {
  (cd "$loading" && apt-get download "$1") > "$loading/said" 2>&1
}

for package in icingadb kea-admin; do
  case $package in
    icingadb) schemas=usr/share/icingadb/schema ;;
    *) schemas=usr/share/kea/scripts ;;
  esac
  [ -d "$folder/$schemas" ] && continue
  if ! fetched "$package"; then
    # The lists of packages may be old, or not there yet.
    apt-get update -qq > /dev/null 2>&1 || true
    if ! fetched "$package"; then
      echo "The schema of $package could not be fetched: $(tail -n 1 "$loading/said")" >&2
      exit 1
    fi
  fi
  dpkg-deb -x "$loading/$package"_*.deb "$loading/$package"
  mkdir -p "$(dirname "$folder/$schemas")"
  # Moved as a whole, so that a run that was broken off leaves nothing half there.
  mv "$loading/$package/$schemas" "$folder/$schemas"
done
