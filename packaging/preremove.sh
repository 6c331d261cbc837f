#!/bin/sh
# A service whose program is removed ends first. After an upgrade it keeps running until it is restarted.
set -e
case "$1" in
remove | 0)
	if [ -d /run/systemd/system ]; then
		systemctl disable --now viberdeck.service || true
	fi
	;;
esac
