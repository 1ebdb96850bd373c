// Probe is an HTTP client and server for containers without any programs: Debian's static busybox has no client that
// works without name services.
//
//	probe URL            asks once and prints what it got; unix:///path asks a Docker daemon at that socket
//	probe wait URL       asks until it gets an answer, for thirty seconds
//	probe serve PORT     answers every request
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	switch os.Args[1] {
	case "serve":
		answer := func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") }
		fmt.Println(http.ListenAndServe(":"+os.Args[2], http.HandlerFunc(answer)))
		os.Exit(1)
	case "wait":
		text, err := ask(os.Args[2])
		for end := time.Now().Add(30 * time.Second); err != nil && time.Now().Before(end); text, err = ask(os.Args[2]) {
			time.Sleep(200 * time.Millisecond)
		}
		tell(text, err)
	default:
		tell(ask(os.Args[1]))
	}
}

func tell(text string, err error) {
	if err != nil {
		text = "refused: " + err.Error()
	}
	fmt.Println(text)
}

func ask(url string) (string, error) {
	client := http.Client{Timeout: 5 * time.Second}
	if socket, ok := strings.CutPrefix(url, "unix://"); ok {
		client.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", socket)
		}}
		url = "http://docker/_ping"
	}
	answer, err := client.Get(url)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	return "answers: " + answer.Status, nil
}
