package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// quitPause is how long the program may take to end in an orderly way before it is killed.
const quitPause = 2 * time.Second

// leavePause is how long the end of the program may wait for the cache.
const leavePause = 2 * time.Second

// Run shows the dashboard until the person leaves (nil), the context ends (its cause), or the
// terminal disappears (nil). The caller cancels the context on SIGHUP, SIGTERM and SIGINT; Run
// installs no signal handler of its own. A panic restores the terminal and is returned as an error.
func Run(ctx context.Context, root *Root, in io.Reader, out io.Writer) error {
	return RunSized(ctx, root, in, out, nil)
}

// Size is the size of a terminal in cells.
type Size struct{ Width, Height int }

// RunSized is Run on a terminal elsewhere: sizes delivers its sizes, the first one at once, and
// Root's environment describes its colours.
func RunSized(ctx context.Context, root *Root, in io.Reader, out io.Writer, sizes <-chan Size) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	root.d.Ctx = ctx
	// The program is first asked to quit and killed only if it does not, because killing it closes
	// its input while it is being read.
	killed, kill := context.WithCancel(context.WithoutCancel(ctx))
	defer kill()
	still, resized := newStillRows(out)
	options := append(root.programOptions(ctx, sizes), tea.WithContext(killed), tea.WithOutput(still),
		tea.WithFilter(resized), tea.WithInput(watched(in, func() { cancel(errTerminalGone) })))
	frames := &frames{}
	program := tea.NewProgram(drawing{root, frames}, options...)
	frames.program = program
	ended := make(chan struct{})
	go quitWith(ctx, program, ended, kill)
	go resize(program, sizes, ended)
	_, err := program.Run()
	close(ended)
	frames.stop()
	root.leave()
	switch {
	case errors.Is(context.Cause(ctx), errTerminalGone):
		return nil
	case errors.Is(err, tea.ErrProgramPanic):
		return fmt.Errorf("dashboard: %w", err)
	case context.Cause(ctx) != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("dashboard: %w", err)
	}
	return nil
}

// programOptions describe the terminal: the environment says which colours it has, and a terminal
// elsewhere has sizes of its own.
func (r *Root) programOptions(ctx context.Context, sizes <-chan Size) []tea.ProgramOption {
	options := []tea.ProgramOption{tea.WithoutSignalHandler()}
	if r.d.Env != nil {
		options = append(options, tea.WithEnvironment(r.d.Env))
	}
	if sizes != nil {
		first := firstSize(ctx, sizes)
		options = append(options, tea.WithColorProfile(colorprofile.Env(r.d.Env)),
			tea.WithWindowSize(first.Width, first.Height))
	}
	if r.d.Env.NoColor() {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	return options
}

// quitWith asks the program to quit when the context ends, and kills it if it does not.
func quitWith(ctx context.Context, program *tea.Program, ended <-chan struct{}, kill func()) {
	select {
	case <-ended:
		return
	case <-ctx.Done():
	}
	timer := time.AfterFunc(quitPause, kill)
	defer timer.Stop()
	program.Quit()
	<-ended
}

// resize passes the sizes of a terminal elsewhere on to the program.
func resize(program *tea.Program, sizes <-chan Size, ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		case size := <-sizes:
			program.Send(tea.WindowSizeMsg{Width: size.Width, Height: size.Height})
		}
	}
}

// firstSize returns the initial size of a terminal elsewhere, the usual one if it sends none.
func firstSize(ctx context.Context, sizes <-chan Size) Size {
	select {
	case size := <-sizes:
		if size.Width > 0 && size.Height > 0 {
			return size
		}
	case <-ctx.Done():
	}
	return Size{Width: 80, Height: 24}
}

// leave stores what has not been stored yet, whatever ended the program, and notifies the others at
// once that this session has ended, so that its claims are free.
func (r *Root) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), leavePause)
	defer cancel()
	for _, k := range r.unsaved() {
		_ = r.d.Store.SaveSetting(ctx, r.d.Operator, k.Name, k.Value) // there is no one left to notify
	}
	// The others consider a session that cannot say goodbye gone after 30 seconds.
	_ = r.d.Store.Leave(ctx, r.d.Session)
}

var errTerminalGone = errors.New("the terminal is gone")

// watched wraps the input to detect its end: Bubble Tea itself would run forever without a terminal
// to read from.
func watched(in io.Reader, gone func()) io.Reader {
	once := sync.OnceFunc(gone)
	if f, ok := in.(*os.File); ok {
		return watchedFile{File: f, gone: once}
	}
	if in == nil {
		return nil
	}
	return watchedReader{Reader: in, gone: once}
}

// watchedFile keeps all terminal methods that Bubble Tea uses.
type watchedFile struct {
	*os.File
	gone func()
}

// Read reads from the file and reports its end.
func (f watchedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		f.gone()
	}
	return n, err
}

type watchedReader struct {
	io.Reader
	gone func()
}

// Read reads from the input and reports its end.
func (r watchedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil {
		r.gone()
	}
	return n, err
}
