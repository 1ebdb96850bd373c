package convert

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/boxp/dindify/fn/config"
)

// cleanupNames holds the names of the objects of one client's clean-up.
type cleanupNames struct{ job, serviceAccount, role, binding string }

func (c *converter) names(client *Client) cleanupNames {
	o := c.Cleanup
	n := cleanupNames{job: cmp.Or(o.Name, shortened(client.ref.Name, "-docker-cleanup", config.CronJobNameLength))}
	n.serviceAccount = cmp.Or(o.ServiceAccountName, n.job+"-sa")
	n.role = cmp.Or(o.RoleName, n.job+"-exec")
	n.binding = cmp.Or(o.RoleBindingName, n.role+"-binding")
	return n
}

// hashLength is the number of hexadecimal digits that distinguish shortened names.
const hashLength = 8

// shortened returns a name with a suffix, of limited length. A longer name is cut and gets a hash of the whole name,
// so that names with a common prefix do not collide.
func shortened(name, suffix string, most int) string { //nolint:unparam // the rule holds for any suffix
	if len(name)+len(suffix) <= most {
		return name + suffix
	}
	sum := sha256.Sum256([]byte(name))
	hash := "-" + hex.EncodeToString(sum[:])[:hashLength]
	return strings.TrimRight(name[:most-len(suffix)-len(hash)], "-.") + hash + suffix
}
