-- Ends a pause by hand. One that Git asks for (spec.suspend), or the namespace, stays.
if obj.metadata.annotations ~= nil then
  obj.metadata.annotations["okchat.ai/paused"] = nil
end
return obj
