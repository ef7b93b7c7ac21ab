{{- define "okchat-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "okchat-operator.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "okchat-operator.name" .) .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "okchat-operator.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* For names of cluster-scoped objects: two releases of one name may live in two namespaces. */}}
{{- define "okchat-operator.clusterName" -}}
{{- $full := include "okchat-operator.fullname" . }}
{{- if eq $full .Release.Namespace }}{{ $full }}{{ else }}{{ printf "%s-%s" .Release.Namespace $full | trunc 63 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "okchat-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "okchat-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "okchat-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "okchat-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: okchat
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "okchat-operator.sandboxSelectorLabels" -}}
app.kubernetes.io/name: {{ include "okchat-operator.name" . }}-sandbox
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "okchat-operator.sandboxName" -}}
{{- include "okchat-operator.fullname" . }}-sandbox
{{- end }}

{{- define "okchat-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "okchat-operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* An image from its values; called with (dict "image" .Values.image "chart" .Chart). */}}
{{- define "okchat-operator.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" .image.repository .image.digest }}
{{- else }}
{{- printf "%s:%s" .image.repository (default .chart.AppVersion .image.tag) }}
{{- end }}
{{- end }}

{{/* The namespaces to serve, as a JSON list; empty: all. */}}
{{- define "okchat-operator.watchNamespaces" -}}
{{- if .Values.watchNamespaces }}
{{- .Values.watchNamespaces | uniq | toJson }}
{{- else if eq .Values.scope "namespaced" }}
{{- list .Release.Namespace | toJson }}
{{- else }}
{{- list | toJson }}
{{- end }}
{{- end }}

{{/* As the operator names it: operators of other shards have other Leases. */}}
{{- define "okchat-operator.leaseName" -}}
{{- with .Values.shard }}{{ printf "okchat-operator-%s" . }}{{ else }}okchat-operator{{ end }}
{{- end }}

{{- define "okchat-operator.defaultBackendNamespace" -}}
{{- default .Release.Namespace .Values.defaultBackend.namespace }}
{{- end }}

{{/* What values.schema.json can not say: rules between values. */}}
{{- define "okchat-operator.validate" -}}
{{- if and (gt (int .Values.replicaCount) 1) (not .Values.leaderElection.enabled) }}
{{- fail "replicaCount is more than 1, so leaderElection.enabled must be true: two operators at work would make two bots where one was asked for." }}
{{- end }}
{{- if eq .Values.scope "namespaced" }}
{{- range $name, $policy := pick .Values.admissionPolicies "protectedObjects" "allowedModels" "promptSecrets" }}
{{- if $policy.enabled }}
{{- fail (printf "admissionPolicies.%s.enabled needs scope: cluster, since a ValidatingAdmissionPolicy is cluster-scoped. Ask whoever runs the cluster to install it." $name) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.admissionPolicies.allowedModels.enabled (not .Values.admissionPolicies.allowedModels.models) }}
{{- fail "admissionPolicies.allowedModels.models is empty, so no Chatbot could name a model: list at least one." }}
{{- end }}
{{- if and .Values.defaultBackend.create (hasPrefix "http://" .Values.defaultBackend.url) (not .Values.defaultBackend.allowInsecure) }}
{{- fail "defaultBackend.url is plain http: use https, or set defaultBackend.allowInsecure to true for development." }}
{{- end }}
{{- if and .Values.sandbox.enabled .Values.defaultBackend.namespace (ne .Values.defaultBackend.namespace .Release.Namespace) }}
{{- fail "sandbox.enabled makes its Secret in the release's namespace: leave defaultBackend.namespace empty." }}
{{- end }}
{{- end }}

{{/* The network part of a CIDR as a string of 0 and 1: a CIDR lies inside of another one that is a prefix of it. */}}
{{- define "okchat-operator.networkBits" -}}
{{- $parts := splitList "/" (lower .) }}
{{- $address := first $parts }}
{{- $bits := "" }}
{{- if contains ":" $address }}
{{- $halves := splitList "::" $address }}
{{- $before := without (splitList ":" (first $halves)) "" }}
{{- $after := without (splitList ":" (rest $halves | join ":")) "" }}
{{- $zeros := max 0 (sub 8 (add (len $before) (len $after))) | int }}
{{- range concat $before (splitList ":" (repeat $zeros "0:") | initial) $after }}
{{- range splitList "" (printf "%s%s" (repeat (max 0 (sub 4 (len .)) | int) "0") .) }}
{{- $bits = printf "%s%04b" $bits (index (splitList . "0123456789abcdef") 0 | len) }}
{{- end }}
{{- end }}
{{- else }}
{{- range splitList "." $address }}
{{- $bits = printf "%s%08b" $bits (int .) }}
{{- end }}
{{- end }}
{{- substr 0 (last $parts | int) $bits }}
{{- end }}

{{/*
The peers of a rule; called with (dict "cidrs" list "except" list). The API server refuses an exception that does not
lie inside of its range. A range that lies inside of an exception stays closed. Nothing is left: no rule, since one
without peers opens everything.
*/}}
{{- define "okchat-operator.ipBlocks" -}}
{{- range $cidr := .cidrs }}
{{- $network := include "okchat-operator.networkBits" $cidr }}
{{- $inside := list }}
{{- $closed := false }}
{{- range $except := $.except }}
{{- if eq (contains ":" $cidr) (contains ":" $except) }}
{{- $bits := include "okchat-operator.networkBits" $except }}
{{- if hasPrefix $bits $network }}
{{- $closed = true }}
{{- else if hasPrefix $network $bits }}
{{- $inside = append $inside $except }}
{{- end }}
{{- end }}
{{- end }}
{{- if not $closed }}
- ipBlock:
    cidr: {{ $cidr | quote }}
    {{- with $inside }}
    except:
      {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "okchat-operator.subject" -}}
- kind: ServiceAccount
  name: {{ include "okchat-operator.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

{{/* What the operator does in the namespaces that it serves. A test holds this equal to what the code uses. */}}
{{- define "okchat-operator.rules" -}}
- apiGroups: [okchat.ai]
  resources: [chatbotbackends, chatbots, knowledgesources]
  verbs: [get, list, watch, patch]
- apiGroups: [okchat.ai]
  resources: [chatbotbackends/status, chatbots/status, knowledgesources/status]
  verbs: [patch]
# API keys, and credentials of sources: read when a spec names them. RBAC can not say "those that are named".
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
# Prompts, avatars, documents and CA bundles are read; ledgers of documents are written.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end }}

{{/* The head of a ValidatingAdmissionPolicy; called with (dict "root" . "name" "allowed-models"). */}}
{{- define "okchat-operator.policy" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ include "okchat-operator.clusterName" .root }}-{{ .name }}
  labels:
    {{- include "okchat-operator.labels" .root | nindent 4 }}
spec:
  failurePolicy: Fail
{{- end }}

{{/* Its binding; called with the same. */}}
{{- define "okchat-operator.policyBinding" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ include "okchat-operator.clusterName" .root }}-{{ .name }}
  labels:
    {{- include "okchat-operator.labels" .root | nindent 4 }}
spec:
  policyName: {{ include "okchat-operator.clusterName" .root }}-{{ .name }}
  validationActions:
    {{- toYaml .root.Values.admissionPolicies.validationActions | nindent 4 }}
  {{- with .root.Values.admissionPolicies.namespaceSelector }}
  matchResources:
    namespaceSelector:
      {{- toYaml . | nindent 6 }}
  {{- end }}
{{- end }}
