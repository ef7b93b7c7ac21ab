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

{{/* Prefix of the names of cluster-scoped objects: releases in two namespaces may have the same name. */}}
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

{{/* Namespaces that the operator serves, as a JSON list; empty: all. */}}
{{- define "okchat-operator.watchNamespaces" -}}
{{- if .Values.watchNamespaces }}
{{- .Values.watchNamespaces | uniq | toJson }}
{{- else if eq .Values.scope "namespaced" }}
{{- list .Release.Namespace | toJson }}
{{- else }}
{{- list | toJson }}
{{- end }}
{{- end }}

{{/* Name of the Lease, as the operator computes it: each shard has its own Lease. */}}
{{- define "okchat-operator.leaseName" -}}
{{- with .Values.shard }}{{ printf "okchat-operator-%s" . }}{{ else }}okchat-operator{{ end }}
{{- end }}

{{- define "okchat-operator.defaultBackendNamespace" -}}
{{- default .Release.Namespace .Values.defaultBackend.namespace }}
{{- end }}

{{/* Rules between values, which values.schema.json cannot express. */}}
{{- define "okchat-operator.validate" -}}
{{- if and (gt (int .Values.replicaCount) 1) (not .Values.leaderElection.enabled) }}
{{- fail "replicaCount is more than 1, so leaderElection.enabled must be true: two operators that reconcile at the same time could create two bots for one Chatbot." }}
{{- end }}
{{- if eq .Values.scope "namespaced" }}
{{- range $name, $policy := pick .Values.admissionPolicies "protectedObjects" "allowedModels" "promptSecrets" }}
{{- if $policy.enabled }}
{{- fail (printf "admissionPolicies.%s.enabled needs scope: cluster, since a ValidatingAdmissionPolicy is cluster-scoped. Ask the cluster administrator to install it." $name) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.admissionPolicies.allowedModels.enabled (not .Values.admissionPolicies.allowedModels.models) }}
{{- fail "admissionPolicies.allowedModels.models is empty, so no Chatbot could set spec.model: list at least one." }}
{{- end }}
{{- if and .Values.defaultBackend.create (hasPrefix "http://" .Values.defaultBackend.url) (not .Values.defaultBackend.allowInsecure) }}
{{- fail "defaultBackend.url has no TLS: use https, or set defaultBackend.allowInsecure to true for development." }}
{{- end }}
{{- if and .Values.sandbox.enabled .Values.defaultBackend.namespace (ne .Values.defaultBackend.namespace .Release.Namespace) }}
{{- fail "sandbox.enabled creates its Secret in the release's namespace: leave defaultBackend.namespace empty." }}
{{- end }}
{{- end }}

{{/* The port of the proxy, as a JSON list; empty: there is none, or a Secret contains it. */}}
{{- define "okchat-operator.proxyPorts" -}}
{{- $ports := list }}
{{- if not .Values.proxy.secretRef.name }}
{{- with regexFind ":[0-9]+/?$" .Values.proxy.url }}
{{- $ports = append $ports (trimAll ":/" . | int) }}
{{- end }}
{{- end }}
{{- $ports | toJson }}
{{- end }}

{{/* The network part of a CIDR as a string of 0 and 1: a CIDR lies inside of another CIDR whose string is a prefix of its own. */}}
{{- define "okchat-operator.networkBits" -}}
{{- $parts := splitList "/" (lower .) }}
{{- $address := first $parts }}
{{- $bits := "" }}
{{- if contains ":" $address }}
{{- $halves := splitList "::" $address }}
{{- $groups := without (splitList ":" $address) "" | len }}
{{- $closed := or (and (eq (len $halves) 1) (eq $groups 8)) (and (eq (len $halves) 2) (lt $groups 8)) }}
{{- if or (not $closed) (regexMatch ":::|^:[^:]|[^:]:$" $address) }}
{{- fail (printf "%s in networkPolicy is no range of IPv6 addresses, such as 2001:db8::/32." .) }}
{{- end }}
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
The peers of a rule; called with (dict "cidrs" list "except" list). The API server rejects an exception that does not
lie inside of its range. This template omits a range that lies inside of an exception. If no range
remains, the NetworkPolicy has no rule, because a rule without peers allows all addresses.
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

{{/* Rights of the operator in the namespaces that it serves. A test compares them with the requests of the code. */}}
{{- define "okchat-operator.rules" -}}
- apiGroups: [okchat.ai]
  resources: [chatbotbackends, chatbots, knowledgesources]
  verbs: [get, list, watch, patch]
- apiGroups: [okchat.ai]
  resources: [chatbotbackends/status, chatbots/status, knowledgesources/status]
  verbs: [patch]
# API keys and credentials of sources. The operator reads those that a spec names; RBAC cannot express this restriction.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
# The operator reads prompts, avatars, documents and CA bundles, and writes ledgers of documents.
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

{{/* The binding of this policy; called with the same dict. */}}
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
