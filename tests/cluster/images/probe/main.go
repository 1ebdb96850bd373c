// Probe asks a URL once and prints what it got. Debian's static busybox can't: its wget
// crashes in a container without name services.
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"
)

func main() {
	client := http.Client{Timeout: 5 * time.Second}
	answer, err := client.Get(os.Args[1])
	if err != nil {
		fmt.Println("refused:", err)
		return
	}
	answer.Body.Close()
	fmt.Println("answers:", answer.Status)
}
