// Applies stacks of layers as containerd does, each into a folder of its own, and tells what came of it.
//
// Standard input: for each stack the number of its layers (4 bytes, big endian), and for each layer its length (4
// bytes) and its tar. Standard output: for each stack a line for each path, then an empty line; the one line
// "refused REASON" where it cannot be applied.
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/containerd/containerd/archive"
	"github.com/sirupsen/logrus"
)

func main() {
	logrus.SetOutput(io.Discard)
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		count, err := number(in)
		if err == io.EOF {
			return
		}
		var layers [][]byte
		for ; count > 0; count-- {
			length, err := number(in)
			if err != nil {
				panic(err)
			}
			layer := make([]byte, length)
			if _, err := io.ReadFull(in, layer); err != nil {
				panic(err)
			}
			layers = append(layers, layer)
		}
		stack(layers, out)
		fmt.Fprintln(out)
		out.Flush()
	}
}

func number(in io.Reader) (uint32, error) {
	var bytes [4]byte
	_, err := io.ReadFull(in, bytes[:])
	return binary.BigEndian.Uint32(bytes[:]), err
}

func stack(layers [][]byte, out io.Writer) {
	root, err := os.MkdirTemp("", "gm-oracle-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(root)
	if err := os.Chmod(root, 0755); err != nil {
		panic(err)
	}
	for _, layer := range layers {
		if _, err := archive.Apply(context.Background(), root, bytes.NewReader(layer)); err != nil {
			fmt.Fprintln(out, "refused", strconv.Quote(err.Error()))
			return
		}
	}
	inodes := map[uint64]string{}
	filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			panic(err)
		}
		if path != root {
			tell(path, path[len(root)+1:], info, inodes, out)
		}
		return nil
	})
}

func tell(path, name string, info os.FileInfo, inodes map[uint64]string, out io.Writer) {
	stat := info.Sys().(*syscall.Stat_t)
	what := ""
	switch info.Mode() & os.ModeType {
	case 0:
		content, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(content)
		what = "file " + hex.EncodeToString(sum[:])
	case os.ModeDir:
		what = "folder"
	case os.ModeSymlink:
		target, err := os.Readlink(path)
		if err != nil {
			panic(err)
		}
		what = "link " + hex.EncodeToString([]byte(target))
	default:
		what = "other"
	}
	mode := stat.Mode & 07777
	if info.Mode()&os.ModeType == os.ModeSymlink {
		mode = 0777
	}
	fmt.Fprintf(out, "%s %o %d:%d %s\n", hex.EncodeToString([]byte(name)), mode, stat.Uid, stat.Gid, what)
}
