-- spec.suspend belongs to Git, so a pause by hand is an annotation.
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["okchat.ai/paused"] = "true"
return obj
