// Emails as listmonk fills them in: its order of steps (shorthands, parsing, filling in) with the real templates of Go.
//
// Reads a JSON object a line, {"part": "html", "text" or "subject", "content": …, "name": …}, and answers each with one:
// {"result": …}, or {"error": …}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"html/template"
	"io"
	"os"
	"regexp"
	"strings"
	plain "text/template"
)

type subscriber struct{ Name string }

// FirstName is the first word that is longer than two bytes, else the whole name.
func (s subscriber) FirstName() string {
	for _, word := range strings.Split(s.Name, " ") {
		if len(word) > 2 {
			return word
		}
	}
	return s.Name
}

type message struct{ Subscriber subscriber }

type question struct{ Part, Content, Name string }

type answer struct {
	Result string `json:"result"`
	Error  string `json:"error"`
}

var shorthands = []struct {
	written *regexp.Regexp
	meant   string
}{
	{regexp.MustCompile(`{{\s*TrackLink\s+"([^"]+)"\s*}}`), `{{ TrackLink "$1" . }}`},
	{regexp.MustCompile(`(https?://[\p{L}\p{N}_\-\.~!#$&'()*+,/:;=?@\[\]]*)@TrackLink`), `{{ TrackLink "$1" . }}`},
	{regexp.MustCompile(`{{(\s+)?(TrackView|UnsubscribeURL|ManageURL|OptinURL|MessageURL)(\s+)?}}`), `{{ $2 . }}`},
}

var functions = template.FuncMap{
	"UnsubscribeURL": func(*message) string { return "https://lists.example.org/subscription/aa-bb/cc-dd" },
	"MessageURL":     func(*message) string { return "https://lists.example.org/campaign/aa-bb/cc-dd" },
	"ManageURL":      func(*message) string { return "https://lists.example.org/subscription/aa-bb/cc-dd?manage=true" },
	"OptinURL":       func(*message) string { return "(opt in)" },
	"TrackView":      func(*message) template.HTML { return "(tracked view)" },
	"TrackLink":      func(address string, _ *message) string { return "(tracked) " + address },
	"Safe":           func(text string) template.HTML { return template.HTML(text) },
}

type filler interface {
	ExecuteTemplate(to io.Writer, name string, data interface{}) error
}

func filled(asked question) (string, error) {
	_, behind, opens := strings.Cut(asked.Content, "{{")
	if asked.Part != "html" && !(opens && strings.Contains(behind, "}}")) {
		return asked.Content, nil
	}
	content := asked.Content
	for _, each := range shorthands {
		content = each.written.ReplaceAllString(content, each.meant)
	}
	made, err := parsed(asked.Part, content)
	if err != nil {
		return "", err
	}
	var result bytes.Buffer
	err = made.ExecuteTemplate(&result, "base", &message{subscriber{asked.Name}})
	return result.String(), err
}

func parsed(part, content string) (filler, error) {
	if part == "subject" {
		return plain.New("base").Funcs(plain.FuncMap(functions)).Parse(content)
	}
	if part == "text" {
		return template.New("base").Funcs(functions).Parse(content)
	}
	base := template.Must(template.New("base").Funcs(functions).Parse(`{{ template "content" . }}`))
	inner, err := template.New("content").Funcs(functions).Parse(content)
	if err != nil {
		return nil, err
	}
	return base.AddParseTree("content", inner.Tree)
}

func main() {
	questions, answers := json.NewDecoder(bufio.NewReader(os.Stdin)), json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for {
		var asked question
		if questions.Decode(&asked) != nil {
			return
		}
		result, err := filled(asked)
		if err != nil {
			answers.Encode(answer{Error: err.Error()})
			continue
		}
		answers.Encode(answer{Result: result})
	}
}
