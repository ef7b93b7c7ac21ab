-- Returns the actions, and whether each of them applies now.
local annotations = obj.metadata.annotations or {}
local paused = annotations["okchat.ai/paused"]
local isPausedByHand = paused ~= nil and paused ~= "false"

local actions = {}
actions["refresh"] = {["disabled"] = false}
actions["suspend"] = {["disabled"] = isPausedByHand}
actions["resume"] = {["disabled"] = not isPausedByHand}
return actions
