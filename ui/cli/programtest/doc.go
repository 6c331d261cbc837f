// Package programtest contains only tests: of the program as built, run as processes and in pseudo
// terminals, against simulated vendors over HTTP.
package programtest
