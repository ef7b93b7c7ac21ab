-- Removes the annotation. A pause by spec.suspend or by the namespace remains.
if obj.metadata.annotations ~= nil then
  obj.metadata.annotations["okchat.ai/paused"] = nil
end
return obj
