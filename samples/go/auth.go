package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net/http"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v4"
)

var (
	ErrInvalid = errors.New("INVALID_TOKEN")
	ErrRevoked = errors.New("TOKEN_REVOKED")

	// ErrUnknown means that it is not known what has been revoked: answer 503.
	ErrUnknown = errors.New("SERVICE_UNAVAILABLE")
)

// Claims of an access token that services need.
type Claims struct {
	Issuer    string   `json:"iss"`
	Audience  string   `json:"aud"`
	Subject   string   `json:"sub"`
	Session   string   `json:"sid"`
	IssuedAt  int64    `json:"iat"`
	ExpiresAt int64    `json:"exp"`
	Version   int64    `json:"ver"`
	Roles     []string `json:"roles"`
}

type list struct {
	Issuer    string `json:"iss"`
	ExpiresAt int64  `json:"exp"`
	Cursor    string `json:"cursor"`
	Events    []struct {
		Type      string `json:"t"`
		Hash      string `json:"h"`
		Version   int64  `json:"ver"`
		IssuedAt  int64  `json:"iat"`
		ExpiresAt int64  `json:"exp"`
	} `json:"events"`
}

// Times are checked below, with a tolerance.
func (Claims) Valid() error { return nil }
func (list) Valid() error   { return nil }

type event struct{ value, expires int64 }

// Auth verifies the access tokens of an issuer, and follows its revocations.
type Auth struct {
	issuer, audience, keySet, address, cursor string

	lock    sync.RWMutex
	keys    map[string]*ecdsa.PublicKey
	fetched time.Time
	events  map[string]event
	expires int64
}

// New reads the documents of the issuer, and polls for revocations from then on.
func New(issuer, audience string) (*Auth, error) {
	var discovery struct {
		Issuer      string `json:"issuer"`
		KeySet      string `json:"jwks_uri"`
		Revocations string `json:"revocations_uri"`
	}
	text, err := get(issuer + "/.well-known/openid-configuration")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &discovery); err != nil {
		return nil, err
	}
	if discovery.Issuer != issuer {
		return nil, fmt.Errorf("%s calls itself %s", issuer, discovery.Issuer)
	}
	auth := &Auth{
		issuer: issuer, audience: audience, keySet: discovery.KeySet, address: discovery.Revocations,
		events: map[string]event{},
	}
	if err := auth.poll(); err != nil {
		return nil, err
	}
	go func() {
		for range time.Tick(time.Second) {
			if err := auth.poll(); err != nil {
				log.Printf("The revocations cannot be read: %v", err)
			}
		}
	}()
	return auth, nil
}

// Verify returns the claims of an access token, or one of the errors above.
func (auth *Auth) Verify(text string) (*Claims, error) {
	claims := &Claims{}
	if err := auth.parse(text, "at+jwt", claims); err != nil {
		return nil, ErrInvalid
	}
	now := time.Now().Unix()
	if claims.Issuer != auth.issuer || claims.Audience != auth.audience || claims.Subject == "" || claims.Session == "" ||
		claims.IssuedAt > now+30 || claims.ExpiresAt <= now-30 {
		return nil, ErrInvalid
	}
	auth.lock.RLock()
	defer auth.lock.RUnlock()
	if now > auth.expires+30 {
		return nil, ErrUnknown
	}
	_, ended := auth.find("s", claims.Session)
	version, _ := auth.find("u", claims.Subject)
	revoked := ended || claims.Version%(1<<20) < version || claims.IssuedAt <= auth.events["a"].value
	for _, role := range claims.Roles {
		version, _ := auth.find("r", role)
		revoked = revoked || claims.Version>>20 < version
	}
	if revoked {
		return nil, ErrRevoked
	}
	return claims, nil
}

func (auth *Auth) poll() error {
	address := auth.address
	if auth.cursor != "" {
		address += "?after=" + auth.cursor
	}
	text, err := get(address)
	if err != nil {
		return err
	}
	found := list{}
	if err := auth.parse(string(text), "revocations+jwt", &found); err != nil {
		return err
	}
	if found.Issuer != auth.issuer {
		return errors.New("the list is another issuer's")
	}
	auth.lock.Lock()
	defer auth.lock.Unlock()
	for _, next := range found.Events {
		key, value := next.Type+next.Hash, next.Version+next.IssuedAt
		known := auth.events[key]
		auth.events[key] = event{max(value, known.value), max(next.ExpiresAt, known.expires)}
	}
	for key, known := range auth.events {
		if known.expires < time.Now().Unix() {
			delete(auth.events, key)
		}
	}
	auth.cursor, auth.expires = found.Cursor, max(found.ExpiresAt, auth.expires)
	return nil
}

func (auth *Auth) parse(text, kind string, claims jwt.Claims) error {
	parser := jwt.Parser{ValidMethods: []string{"ES256"}}
	_, err := parser.ParseWithClaims(text, claims, func(token *jwt.Token) (interface{}, error) {
		id, _ := token.Header["kid"].(string)
		auth.lock.RLock()
		_, withdrawn := auth.find("k", id)
		auth.lock.RUnlock()
		if token.Header["typ"] != kind || withdrawn {
			return nil, ErrInvalid
		}
		return auth.key(id)
	})
	return err
}

// Fetches the key set every 15 minutes, and for an unknown key, but not more often than every five seconds.
func (auth *Auth) key(id string) (*ecdsa.PublicKey, error) {
	auth.lock.Lock()
	defer auth.lock.Unlock()
	key, known := auth.keys[id]
	if age := time.Since(auth.fetched); age > 15*time.Minute || !known && age > 5*time.Second {
		text, err := get(auth.keySet)
		var set struct {
			Keys []struct{ Kid, Crv, X, Y string }
		}
		if err == nil {
			err = json.Unmarshal(text, &set)
		}
		if err != nil && !known {
			return nil, err
		}
		auth.fetched = time.Now()
		if err == nil {
			auth.keys = map[string]*ecdsa.PublicKey{}
			for _, found := range set.Keys {
				if x, y := number(found.X), number(found.Y); found.Crv == "P-256" && elliptic.P256().IsOnCurve(x, y) {
					auth.keys[found.Kid] = &ecdsa.PublicKey{Curve: elliptic.P256(), X: x, Y: y}
				}
			}
			key, known = auth.keys[id]
		}
	}
	if !known {
		return nil, ErrInvalid
	}
	return key, nil
}

func (auth *Auth) find(kind, value string) (int64, bool) {
	hash := sha256.Sum256([]byte(auth.issuer + "\x00" + value))
	found, known := auth.events[kind+base64.RawURLEncoding.EncodeToString(hash[:16])]
	return found.value, known
}

func number(text string) *big.Int {
	bytes, _ := base64.RawURLEncoding.DecodeString(text)
	return new(big.Int).SetBytes(bytes)
}

func max(a, b int64) int64 {
	if a > b {
		return a
	}
	return b
}

func get(address string) ([]byte, error) {
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", address, response.Status)
	}
	return io.ReadAll(response.Body)
}
