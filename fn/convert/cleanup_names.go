package convert

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/boxp/dindify/fn/config"
)

// cleanupNames are what the objects of one client's clean-up are called.
type cleanupNames struct{ job, serviceAccount, role, binding string }

func (c *Conversion) names(client *Client) cleanupNames {
	or := func(name, fallback string) string {
		if name != "" {
			return name
		}
		return fallback
	}
	o := c.Cleanup
	n := cleanupNames{job: or(o.Name, shortened(client.ref.Name, "-docker-cleanup", config.CronJobNameLength))}
	n.serviceAccount = or(o.ServiceAccountName, n.job+"-sa")
	n.role = or(o.RoleName, n.job+"-exec")
	n.binding = or(o.RoleBindingName, n.role+"-binding")
	return n
}

// hashLength is how many hexadecimal digits of a hash tell shortened names apart.
const hashLength = 8

// shortened is a name with a suffix, of at most so many characters. Where it would have more, the name ends early, with
// a hash of the whole: the same name gives the same result, and names that begin alike do not collide.
func shortened(name, suffix string, most int) string { //nolint:unparam // the rule holds for any suffix
	if len(name)+len(suffix) <= most {
		return name + suffix
	}
	sum := sha256.Sum256([]byte(name))
	hash := "-" + hex.EncodeToString(sum[:])[:hashLength]
	return strings.TrimRight(name[:most-len(suffix)-len(hash)], "-.") + hash + suffix
}
