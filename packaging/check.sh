#!/usr/bin/env bash
# usage: check.sh PACKAGE.deb   unpacks the package into a fresh root and starts what is in it
set -euo pipefail
root=$(mktemp -d); trap 'rm -rf "$root"' EXIT
dpkg-deb -x "$1" "$root"
for f in usr/bin/viberdeck usr/share/man/man1/viberdeck.1.gz usr/share/bash-completion/completions/viberdeck \
	usr/share/zsh/site-functions/_viberdeck usr/share/fish/vendor_completions.d/viberdeck.fish \
	usr/lib/systemd/system/viberdeck.service usr/lib/sysusers.d/viberdeck.conf usr/lib/tmpfiles.d/viberdeck.conf \
	usr/share/doc/viberdeck/config.example.toml usr/share/doc/viberdeck/LICENSE etc/viberdeck; do
	[ -e "$root/$f" ] || { echo "the package has no /$f" >&2; exit 1; }
done
grep -q '^ExecStart=/usr/bin/viberdeck ' "$root/usr/lib/systemd/system/viberdeck.service"
for section in 'EXIT STATUS' FILES ENVIRONMENT EXAMPLES; do
	gzip -dc "$root/usr/share/man/man1/viberdeck.1.gz" | grep -qi "^\.SH \"\?$section" ||
		{ echo "the manual has no $section" >&2; exit 1; }
done
work="$root/work"; mkdir -p "$work"
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
cat > "$work/config.toml" <<END
cache = "$work/cache.db"
[serve]
listen = "127.0.0.1:0"
[[operator]]
name = "anna"
role = "admin"
keys = ["$(cut -d' ' -f1,2 "$work/key.pub")"]
END
chmod 600 "$work/config.toml"
XDG_STATE_HOME="$work" timeout 60 "$root/usr/bin/viberdeck" --config "$work/config.toml" serve 2> "$work/log" & server=$!
for _ in $(seq 100); do grep -q 'serving SSH on' "$work/log" && break; sleep 0.1; done
port=$(sed -n 's/.*serving SSH on 127\.0\.0\.1:\([0-9]*\);.*/\1/p' "$work/log")
ssh -q -p "$port" -i "$work/key" -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
	127.0.0.1 version
kill "$server"; wait "$server"
echo "$1 installs and starts"
