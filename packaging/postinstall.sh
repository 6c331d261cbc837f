#!/bin/sh
# The user, the folders and the unit are described by files of the package; systemd creates them.
set -e
if [ -d /run/systemd/system ]; then
	systemd-sysusers viberdeck.conf
	systemd-tmpfiles --create viberdeck.conf
	systemctl daemon-reload
fi
