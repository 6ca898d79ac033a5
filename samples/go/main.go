package main

import (
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	auth, err := New(os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		claims, err := auth.Verify(strings.TrimPrefix(request.Header.Get("Authorization"), "Bearer "))
		switch {
		case err == ErrUnknown:
			http.Error(response, err.Error(), http.StatusServiceUnavailable)
		case err != nil:
			response.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(response, err.Error(), http.StatusUnauthorized)
		default:
			response.Write([]byte(claims.Subject))
		}
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:3001", nil))
}
