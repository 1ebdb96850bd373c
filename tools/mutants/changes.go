package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// visit records the changes of one node of the syntax tree.
func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok != token.CONST && n.Tok != token.TYPE && n.Tok != token.IMPORT
	case *ast.IfStmt:
		f.negate(n.Cond, "condition negated")
	case *ast.SwitchStmt:
		f.cases(n)
	case *ast.BinaryExpr:
		f.operator(n)
	case *ast.ReturnStmt:
		f.results(n)
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
	case *ast.CompositeLit:
		f.elements(n)
	}
	return true
}

func (f *finder) negate(n ast.Expr, what string) {
	f.add(n, what, func(number int, code func(ast.Node) string) string {
		return fmt.Sprintf("mutant.On(%d) != (%s)", number, code(n))
	})
}

// cases removes the cases of a switch with conditions.
func (f *finder) cases(s *ast.SwitchStmt) {
	if s.Tag != nil {
		return
	}
	for _, c := range s.Body.List {
		for _, condition := range c.(*ast.CaseClause).List {
			f.add(condition, "case taken away", func(number int, code func(ast.Node) string) string {
				return fmt.Sprintf("!mutant.On(%d) && (%s)", number, code(condition))
			})
		}
	}
}

func (f *finder) operator(n *ast.BinaryExpr) {
	switch n.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		f.add(n, "boundary moved", func(number int, code func(ast.Node) string) string {
			return fmt.Sprintf("((mutant.On(%d) && (%s) == (%s)) != (%s))", number, code(n.X), code(n.Y), code(n))
		})
	case token.EQL, token.NEQ:
		f.add(n, "comparison negated", func(number int, code func(ast.Node) string) string {
			return fmt.Sprintf("(mutant.On(%d) != (%s))", number, code(n))
		})
	case token.LAND, token.LOR:
		name := map[token.Token]string{token.LAND: "And", token.LOR: "Or"}[n.Op]
		f.add(n, "&& and || exchanged", func(number int, code func(ast.Node) string) string {
			return fmt.Sprintf("mutant.%s(%d, %s, func() bool { return %s })", name, number, code(n.X), code(n.Y))
		})
	}
}

// results swaps true and false in return statements.
func (f *finder) results(r *ast.ReturnStmt) {
	for _, e := range r.Results {
		if id, isName := e.(*ast.Ident); isName && (id.Name == "true" || id.Name == "false") {
			f.add(e, "other result", func(number int, code func(ast.Node) string) string {
				return fmt.Sprintf("(mutant.On(%d) != %s)", number, code(e))
			})
		}
	}
}

// statements removes calls and assignments.
func (f *finder) statements(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if call, isCall := s.X.(*ast.CallExpr); isCall {
				if name, isName := call.Fun.(*ast.Ident); isName && name.Name == "panic" {
					continue // a function may need it to end
				}
				if unseen(f.code(call.Fun)) {
					continue
				}
			}
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE || isBlank(s.Lhs) {
				continue
			}
		case *ast.IncDecStmt:
		default:
			continue
		}
		f.add(s, "statement taken away", func(number int, code func(ast.Node) string) string {
			return fmt.Sprintf("if !mutant.On(%d) { %s }", number, code(s))
		})
	}
}

// unseen reports whether a call changes only how much time or memory a run takes.
func unseen(call string) bool {
	return strings.HasPrefix(call, "steps.") || strings.HasPrefix(call, "debug.SetGC") ||
		strings.HasPrefix(call, "runtime.SetFinalizer") || strings.HasSuffix(call, ".Grow") ||
		strings.HasSuffix(call, ".Lock")
}

func isBlank(names []ast.Expr) bool {
	for _, e := range names {
		if name, isName := e.(*ast.Ident); !isName || name.Name != "_" {
			return false
		}
	}
	return true
}

// elements removes entries from list and map literals.
func (f *finder) elements(n *ast.CompositeLit) {
	switch t := n.Type.(type) {
	case *ast.ArrayType:
		if t.Len != nil {
			return
		}
		for i, e := range n.Elts {
			if _, isKeyed := e.(*ast.KeyValueExpr); isKeyed {
				return
			}
			f.entry(n, e, fmt.Sprintf("entry %d taken out", i),
				func(number int) string { return fmt.Sprintf("mutant.Drop(%d, %d, ", number, i) })
		}
	case *ast.MapType:
		for _, e := range n.Elts {
			key := e.(*ast.KeyValueExpr).Key
			if _, isElided := key.(*ast.CompositeLit); isElided {
				return
			}
			f.entry(n, e, "entry taken out", func(number int) string {
				return fmt.Sprintf("mutant.DropKey(%d, %s, ", number,
					f.code(key))
			})
		}
	}
}

func (f *finder) entry(list *ast.CompositeLit, e ast.Expr, what string, head func(int) string) {
	f.add(list, what, func(number int, code func(ast.Node) string) string { return head(number) + code(list) + ")" })
	s := &f.sites[len(f.sites)-1]
	s.line, s.text = f.fset.Position(e.Pos()).Line, f.code(e)
}
