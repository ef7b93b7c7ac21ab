package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"time"
)

var errNotFound = errors.New("not found")

type bot struct {
	ID             string         `json:"id"`
	Slug           string         `json:"slug"`
	OrganizationID string         `json:"organization_id"`
	Settings       map[string]any `json:"settings"`
}

// backend sends requests with one API key.
type backend struct {
	url, key string
	client   *http.Client
}

func newBackend(url, key string) *backend {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = concurrency
	return &backend{url: url, key: key, client: &http.Client{Transport: transport, Timeout: 30 * time.Second}}
}

func (b *backend) create(ctx context.Context, body map[string]any) (bot, error) {
	var response struct{ Chatbot bot }
	err := b.send(ctx, http.MethodPost, "/api/external/chatbots", body, &response)
	return response.Chatbot, err
}

// update keeps settings that the spec omits: the backend replaces settings as a whole.
func (b *backend) update(ctx context.Context, id string, body map[string]any) error {
	var response struct{ Chatbot bot }
	if err := b.send(ctx, http.MethodGet, "/api/external/chatbot/"+url.PathEscape(id), nil, &response); err != nil {
		return err
	}
	settings := map[string]any{}
	maps.Copy(settings, response.Chatbot.Settings)
	maps.Copy(settings, body["settings"].(map[string]any))
	body["settings"] = settings
	return b.send(ctx, http.MethodPatch, "/api/external/chatbots?id="+url.QueryEscape(id), body, nil)
}

func (b *backend) delete(ctx context.Context, id string) error {
	return b.send(ctx, http.MethodDelete, "/api/external/chatbot/"+url.PathEscape(id), nil, nil)
}

// find returns the bot with this slug, or errNotFound.
func (b *backend) find(ctx context.Context, slug string) (bot, error) {
	var response struct{ Chatbots []bot }
	if err := b.send(ctx, http.MethodGet, "/api/external/chatbots", nil, &response); err != nil {
		return bot{}, err
	}
	for _, found := range response.Chatbots {
		if found.Slug == slug {
			return found, nil
		}
	}
	return bot{}, errNotFound
}

func (b *backend) send(ctx context.Context, method, path string, body, into any) error {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, b.url+path, content)
	if err != nil {
		return err
	}
	request.Header.Set("x-api-key", b.key)
	request.Header.Set("Content-Type", "application/json")
	response, err := b.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return err
	case response.StatusCode == http.StatusNotFound:
		return errNotFound
	case response.StatusCode >= 300:
		return fmt.Errorf("%s %s: the backend returned %s", method, path, response.Status)
	case into == nil:
		return nil
	}
	return json.Unmarshal(text, into)
}

// desired returns the body of a create without its slug. It has no field that the spec omits.
func desired(spec ChatbotSpec) map[string]any {
	settings := map[string]any{"prompt": spec.Prompt}
	put(settings, "greeting", spec.Greeting)
	put(settings, "model", spec.Model)
	body := map[string]any{"name": spec.Name, "settings": settings}
	put(body, "description", spec.Description)
	put(body, "is_public", spec.Public)
	return body
}

func put[T any](into map[string]any, name string, value *T) {
	if value != nil {
		into[name] = *value
	}
}

// digest is equal for equal bodies: json.Marshal sorts the keys of maps.
func digest(body map[string]any) (string, error) {
	encoded, err := json.Marshal(body)
	sum := sha256.Sum256(encoded)
	return "sha256:" + hex.EncodeToString(sum[:]), err
}
