package cache

import (
	"os"
	"strconv"
	"strings"
)

// process identifies a process of a host, so that a later one with the same number is not mistaken
// for it.
type process struct {
	host   string
	system string // the running system and its process number space; "" if unknown
	id     int
	born   int64 // in ticks since the system began
}

// thisProcess identifies the current process.
func thisProcess() process {
	host, err := os.Hostname()
	if err != nil {
		host = "this host"
	}
	p := process{host: host, id: os.Getpid()}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	space, linkErr := os.Readlink("/proc/self/ns/pid")
	if err != nil || linkErr != nil {
		p.system = host // process numbers are checked on a host of this name
		return p
	}
	p.system = strings.TrimSpace(string(boot)) + " " + space
	_, p.born, _ = p.look()
	return p
}

// look reads the state and birth of the process; ok is false if no process has its number, or if
// that is unknown.
func (p process) look() (state string, born int64, ok bool) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(p.id) + "/stat")
	if err != nil {
		return "", 0, false
	}
	name := strings.LastIndexByte(string(text), ')') // it may contain spaces and brackets
	_, rest, _ := strings.Cut(string(text[max(0, name):]), " ")
	fields := strings.Fields(rest)
	if len(fields) < 20 {
		return "", 0, false
	}
	born, err = strconv.ParseInt(fields[19], 10, 64)
	return fields[0], born, err == nil
}
