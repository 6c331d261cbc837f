// Package programtest holds nothing but tests: of the program as it is built, as processes of it
// and in pseudo terminals, against simulated vendors over HTTP.
package programtest
