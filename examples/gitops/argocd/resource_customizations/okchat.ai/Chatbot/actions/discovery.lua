-- Returns the actions, and whether each of them applies now.
local annotations = obj.metadata.annotations or {}
local paused = annotations["okchat.ai/paused"]
local isPausedByHand = paused ~= nil and paused ~= "false"

local status = obj.status or {}
local isAnotherAccount = false
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Stalled" and condition.status == "True" then
    isAnotherAccount = condition.reason == "AccountChanged"
  end
end

local actions = {}
actions["refresh"] = {["disabled"] = false}
actions["suspend"] = {["disabled"] = isPausedByHand}
actions["resume"] = {["disabled"] = not isPausedByHand}
actions["approve-recreate"] = {["disabled"] = not isAnotherAccount or status.id == nil}
return actions
