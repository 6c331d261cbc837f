#!/usr/bin/env bash
# usage: check.sh PACKAGE.deb | ROOT   installs the package into a fresh root, or takes what `make install` put into ROOT
# (PREFIX=/usr), checks that it is complete, and starts it. Checks that need more (dpkg as root, systemd-analyze, ssh)
# are made where that is available, and reported where it is not.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
root=$1 installed=no
if [ -f "$1" ]; then
	root="$work/root"; mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
	touch "$root/var/lib/dpkg/status" "$root/var/lib/dpkg/available"
	in_root() { dpkg --root="$root" --force-script-chrootless --force-bad-path --log="$work/dpkg.log" "$@" > "$work/dpkg" 2>&1 ||
		{ cat "$work/dpkg" >&2; exit 1; }; }
	if [ "$(id -u)" = 0 ]; then in_root -i "$1"; installed=yes; else dpkg-deb -x "$1" "$root"; fi
	[ -d "$root/etc/viberdeck" ] || { echo "the package has no /etc/viberdeck" >&2; exit 1; }
fi
for f in usr/bin/viberdeck usr/share/man/man1/viberdeck.1.gz usr/share/bash-completion/completions/viberdeck \
	usr/share/zsh/site-functions/_viberdeck usr/share/fish/vendor_completions.d/viberdeck.fish \
	usr/lib/systemd/system/viberdeck.service usr/lib/sysusers.d/viberdeck.conf usr/lib/tmpfiles.d/viberdeck.conf \
	usr/share/doc/viberdeck/config.example.toml usr/share/doc/viberdeck/LICENSE; do
	[ -e "$root/$f" ] || { echo "there is no /$f" >&2; exit 1; }
done
bash -n "$root/usr/share/bash-completion/completions/viberdeck"
for section in 'EXIT STATUS' FILES ENVIRONMENT EXAMPLES; do
	gzip -dc "$root/usr/share/man/man1/viberdeck.1.gz" | grep -qi "^\.SH \"\?$section" ||
		{ echo "the manual has no $section" >&2; exit 1; }
done
unit="$root/usr/lib/systemd/system/viberdeck.service"
grep -q '^ExecStart=/usr/bin/viberdeck ' "$unit"
if command -v systemd-analyze > /dev/null; then
	sed "s|^ExecStart=|&$(realpath "$root")|" "$unit" > "$work/viberdeck.service"
	said=$(systemd-analyze --man=no verify "$work/viberdeck.service" 2>&1) && [ -z "$said" ] || { echo "the unit: $said" >&2; exit 1; }
	mkdir -p "$work/host/etc"
	systemd-sysusers --root="$work/host" "$(realpath "$root/usr/lib/sysusers.d/viberdeck.conf")" 2> /dev/null
	grep -q '^viberdeck:' "$work/host/etc/passwd"
else
	echo "no systemd here: the unit was not verified" >&2
fi
cat > "$work/config.toml" <<END
cache = "$work/cache.db"
[serve]
listen = "127.0.0.1:0"
[[operator]]
name = "anna"
role = "admin"
END
if command -v ssh > /dev/null; then
	ssh-keygen -q -t ed25519 -N '' -f "$work/key"
	echo "keys = [\"$(cut -d' ' -f1,2 "$work/key.pub")\"]" >> "$work/config.toml"
else
	echo 'user = "nobody"' >> "$work/config.toml"
fi
chmod 600 "$work/config.toml"
XDG_STATE_HOME="$work" timeout 60 "$root/usr/bin/viberdeck" --config "$work/config.toml" serve 2> "$work/log" & server=$!
for _ in $(seq 300); do grep -q 'serving SSH on' "$work/log" && break; sleep 0.1; done
port=$(sed -n 's/.*serving SSH on 127\.0\.0\.1:\([0-9]*\);.*/\1/p' "$work/log")
[ -n "$port" ] || { cat "$work/log" >&2; exit 1; }
if command -v ssh > /dev/null; then
	ssh -q -p "$port" -i "$work/key" -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
		127.0.0.1 version
else
	echo "no ssh here: nobody logged in" >&2
fi
kill "$server"; wait "$server"
if [ "$installed" = yes ]; then
	in_root -P viberdeck
	[ ! -e "$root/usr/bin/viberdeck" ] || { echo "it is still there after its removal" >&2; exit 1; }
fi
echo "$1 installs and starts"
