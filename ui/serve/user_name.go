package serve

import (
	"context"
	"os/exec"
	"os/user"
	"strings"
	"time"
)

// directoryWait bounds the question to a directory service; a login waits for its answer.
const directoryWait = 3 * time.Second

// userName returns the name of a user of this host by the number. A static program reads
// /etc/passwd only: users of a directory (LDAP, SSSD) are known to getent, which asks as the system
// does. Of a user whom nobody knows the name is the number.
func userName(ctx context.Context, uid string) string {
	if u, err := user.LookupId(uid); err == nil {
		return u.Username
	}
	ctx, cancel := context.WithTimeout(ctx, directoryWait)
	defer cancel()
	entry, err := exec.CommandContext(ctx, "getent", "passwd", uid).Output()
	if name, _, found := strings.Cut(string(entry), ":"); err == nil && found && name != "" {
		return name
	}
	return uid
}
