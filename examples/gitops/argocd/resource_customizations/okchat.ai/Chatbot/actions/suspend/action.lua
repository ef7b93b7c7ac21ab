-- Git owns spec.suspend, so this action sets an annotation.
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["okchat.ai/paused"] = "true"
return obj
