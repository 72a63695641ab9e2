"""listmonk (https://listmonk.app), self-hosted; its tags are expressions of Go templates."""

from newsletter.model import MergeTagName

MERGE_TAGS: dict[MergeTagName, str] = {
    "unsubscribe": "{{ UnsubscribeURL }}",
    "web-version": "{{ MessageURL }}",
    "first-name": "{{ if .Subscriber.FirstName }}{{ .Subscriber.FirstName }}{{ else }}reader{{ end }}",
}
