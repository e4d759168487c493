# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled counterpart of ``loops_at_root`` for cores of up to 64 variables.

The same search as in unordered.py and root_search.py: at every variable only those that can still be passed on the
way home are kept, so that every step leads to a loop, and what can follow is remembered by the
variable and that set: short continuations as ready blocks, written behind a way so far by one
tight loop. State lives in arrays, so a call fills one chunk and returns, and the next call goes
on from there.
"""

from cpython.ref cimport PyObject, Py_DECREF
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcpy, memset

cdef extern from *:
    """
    #if defined(_MSC_VER)
    #include <intrin.h>
    static __inline int lm_lowest(unsigned long long x) {
        unsigned long r; _BitScanForward64(&r, x); return (int) r;
    }
    #else
    static inline int lm_lowest(unsigned long long x) { return __builtin_ctzll(x); }
    #endif
    """
    int lm_lowest(unsigned long long x) nogil

cdef extern from "Python.h":
    PyObject* new_bytes "PyBytes_FromStringAndSize" (const char*, Py_ssize_t) except NULL
    char* bytes_in "PyBytes_AsString" (PyObject*)
    int resized "_PyBytes_Resize" (PyObject**, Py_ssize_t) except -1

ctypedef unsigned long long bits

MOST_VARIABLES = 64
MOST_WAYS = 1024

cdef enum:
    #: Copies are made in pieces of so many bytes and may write so many too much.
    PIECE = 16
    #: A block has at most so many continuations, of so many bytes together.
    MOST_ROWS = 256
    MOST_BYTES = 1 << 15
    #: A block is made at this visit.
    VISITS = 3
    #: MOST_WAYS, of one variable.
    WAYS = 1024
    #: So much is remembered together, at most; then all is forgotten.
    NODES = 1 << 17
    EDGES = 1 << 19
    POOL = 1 << 22
    POOL_ROWS = 1 << 19
    #: A chunk has so many bytes at first and at most.
    FIRST_ROOM = 1 << 14
    MOST_ROOM = 3 << 15
    #: The table that finds nodes has so many places at first, and at most.
    FEW_PLACES = 1 << 10
    #: Kept for labels, at least.
    FEW_LABELS = 1 << 16
    PLACES = 1 << 18


cdef struct Step:
    int to          # the variable it leads to
    int start       # where its label is in the data
    int length      # how many bytes the label has
    int sign


cdef struct Node:
    # a variable and the set it can still pass: where to from here, and perhaps the block of all
    # that can follow
    bits among
    int edge        # the first of its edges, or -1 before they are known
    int data        # where the labels of its block start
    int row         # the first row of its block in lengths and signs
    int rows        # how many there are; 0: no block yet; -1: too many
    unsigned char at
    unsigned char visits
    unsigned short edges


cdef struct Edge:
    # a way on, over variables from which there was only one, and the node it leads to
    int node
    int start       # where its label is in the data
    int length
    int sign


cdef inline void copied(unsigned char* to, const unsigned char* come, Py_ssize_t size) noexcept nogil:
    """Copy, and up to a piece more: the room behind both ends is there."""
    cdef Py_ssize_t k = 0
    while k < size:
        memcpy(to + k, come + k, PIECE)
        k += PIECE


cdef class Memory:
    """Where a walk remembers. Kept for the next walk: fresh memory costs more than the search."""

    cdef Node* nodes
    cdef Edge* edges
    cdef int* table
    cdef unsigned char* data
    cdef unsigned int* row_length
    cdef unsigned char* row_sign
    cdef Py_ssize_t labels      # so many bytes are kept for the labels of ways

    def __cinit__(self, Py_ssize_t labels):
        self.labels = labels
        self.nodes = <Node*> malloc(NODES * sizeof(Node))
        self.edges = <Edge*> malloc(EDGES * sizeof(Edge))
        self.table = <int*> malloc(PLACES * sizeof(int))
        self.data = <unsigned char*> malloc(labels + POOL + 64 * WAYS + MOST_BYTES + PIECE)
        self.row_length = <unsigned int*> malloc((POOL_ROWS + MOST_ROWS) * sizeof(int))
        self.row_sign = <unsigned char*> malloc(POOL_ROWS + MOST_ROWS)
        if not (
            self.nodes and self.edges and self.table
            and self.data and self.row_length and self.row_sign
        ):
            raise MemoryError

    def __dealloc__(self):
        free(self.nodes)
        free(self.edges)
        free(self.table)
        free(self.data)
        free(self.row_length)
        free(self.row_sign)


cdef list _spare = []

cdef Memory memory_for(Py_ssize_t labels):
    """The memory of the last walk, if labels of so many bytes fit into it."""
    if _spare and (<Memory> _spare[0]).labels >= labels:
        return _spare.pop()
    return Memory(max(labels, FEW_LABELS))



cdef object _shortened(PyObject* whole, Py_ssize_t size):
    """The first bytes of a buffer that nobody else has seen yet, without copying."""
    resized(&whole, size)
    made = <object> whole
    Py_DECREF(made)
    return made


cdef class CoreWalk:
    """The loops of a core, root after root, or only those through one root.

    Parameters
    ----------
    ways
        Tuples (source, target, sign, label), sources and targets any numbers but no self-links.
    root
        List only loops through this variable; ``-1``: all loops.
    width, short, most
        Labels are numbers of ``width`` bytes each; whether every loop has fewer than 256 of
        them; so many loops make a chunk.
    remember
        So many nodes are remembered at most.
    """

    cdef int size, depth, width
    cdef bint only_root
    cdef bits todo[65]          # sets of variables whose loops are still to come
    cdef int todos
    cdef int root
    cdef bits last              # from where there is a way to the root
    cdef bits* after            # by eight variables at a time: 256 sets for each eight
    cdef bits* before
    cdef bits next_of[64]
    cdef bits twice[64]         # where to there is more than one way
    cdef int first_step[65]
    cdef int first_close[65]
    cdef Step* steps
    cdef Step* closes
    cdef unsigned char* path
    cdef unsigned char* path_on
    # what is remembered
    cdef Memory memory
    cdef Node* nodes
    cdef Edge* edges
    cdef int* table
    cdef int table_size, known, most_nodes, used_edges
    cdef unsigned char* data
    cdef unsigned int* row_length
    cdef unsigned char* row_sign
    cdef Py_ssize_t own_data, used_data      # where labels end, and all data
    cdef int used_rows
    # the chunk to be filled
    cdef unsigned char* flat
    cdef unsigned int* lengths
    cdef unsigned char* signs
    cdef Py_ssize_t count, used, room, next_room, most, longest
    cdef int most_tail          # ways are joined to so many bytes, and one more
    cdef bint short_
    # one frame for every variable on the path
    cdef int at[66]             # the node
    cdef int next_edge[66]
    cdef int next_close[66]
    cdef int so_far[66]
    cdef int sign[66]
    cdef int pending            # rows of the block at hand that are written already

    def __cinit__(
        self, list ways, int root, int width, bint short_, Py_ssize_t most, int remember=NODES
    ):
        cdef int i, longest = max([len(label) for _, _, _, label in ways])
        number = {v: i for i, v in enumerate(sorted({u for u, _, _, _ in ways}))}
        self.size = len(number)
        if self.size > MOST_VARIABLES:
            raise ValueError(f"at most {MOST_VARIABLES} variables")
        self.width = width
        self.short_ = short_
        self.most = most
        self.most_nodes = min(remember, NODES - 2 * WAYS)
        self.most_tail = 64 - 2 * longest
        self.longest = <Py_ssize_t> longest * (self.size + 1)
        self.next_room = FIRST_ROOM + self.longest
        size_of_labels = sum([len(label) for _, _, _, label in ways])
        if size_of_labels > 1 << 30:
            raise MemoryError
        self._take_memory(size_of_labels + PIECE)
        self._store_ways(sorted([(number[u], number[v], sign, label) for u, v, sign, label in ways]))
        self._tabulate()
        self.only_root = root >= 0
        self.depth = -1
        if self.only_root:
            self._begin(number[root], self._every())
        else:
            self.todo[0] = self._every()
            self.todos = 1

    cdef _take_memory(self, Py_ssize_t labels):
        self.memory = memory_for(labels)
        self.nodes = self.memory.nodes
        self.edges = self.memory.edges
        self.table = self.memory.table
        self.data = self.memory.data
        self.row_length = self.memory.row_length
        self.row_sign = self.memory.row_sign
        self.after = <bits*> calloc(2048, sizeof(bits))
        self.before = <bits*> calloc(2048, sizeof(bits))
        self.path = <unsigned char*> malloc(self.longest + PIECE)
        self.path_on = <unsigned char*> malloc(self.longest + PIECE)
        if not (self.after and self.before and self.path and self.path_on):
            raise MemoryError

    cdef _store_ways(self, list ways):
        cdef int k, u = -1, v, length
        cdef Py_ssize_t place = 0
        cdef bits one = 1
        cdef const unsigned char* text
        self.steps = <Step*> calloc(len(ways) + 1, sizeof(Step))
        self.closes = <Step*> calloc(len(ways) + 1, sizeof(Step))
        if not (self.steps and self.closes):
            raise MemoryError
        for k in range(len(ways)):
            source, target, sign, label = ways[k]
            while u < <int> source:
                u += 1
                self.first_step[u] = k
            v = target
            text = label
            length = len(label)
            memcpy(self.data + place, text, length)
            self.steps[k] = Step(v, <int> place, length, sign)
            place += length
            self.twice[u] |= self.next_of[u] & one << v
            self.next_of[u] |= one << v
            self.before[(v >> 3 << 8) + (1 << (v & 7))] |= one << u
        while u < self.size:
            u += 1
            self.first_step[u] = len(ways)
        self.own_data = place

    cdef void _tabulate(self) noexcept nogil:
        """Fill in the sets of all bytes from those of single variables."""
        cdef int i, rest
        for i in range(self.size):
            self.after[(i >> 3 << 8) + (1 << (i & 7))] = self.next_of[i]
        for i in range(2048):
            rest = i & (i - 1)
            if i & 255 and rest & 255:
                self.after[i] = self.after[rest] | self.after[i ^ rest | i & ~255]
                self.before[i] = self.before[rest] | self.before[i ^ rest | i & ~255]

    cdef inline bits _every(self) noexcept nogil:
        return ~<bits> 0 >> (64 - self.size)

    # -- one root after the other --------------------------------------------------------------

    cdef bint _next_root(self) noexcept nogil:
        """Take the variable with most ways of some strongly connected part as root."""
        cdef bits part, among
        cdef bits one = 1
        cdef int v, first
        while self.todos:
            self.todos -= 1
            among = self.todo[self.todos]
            first = lm_lowest(among)
            part = self._closure(self.after, one << first, among)
            part &= self._closure(self.before, one << first, among)
            if among & ~part:
                self.todo[self.todos] = among & ~part
                self.todos += 1
            if part & (part - 1):
                v = self._busiest(part)
                self.todo[self.todos] = part & ~(one << v)
                self.todos += 1
                self._begin(v, part)
                return True
        return False

    cdef inline bits _closure(self, const bits* table, bits start, bits among) noexcept nogil:
        cdef bits found = start, ring = start
        while ring:
            ring = self._beside(table, ring) & among & ~found
            found |= ring
        return found

    cdef int _busiest(self, bits part) noexcept nogil:
        cdef int ins[64]
        cdef int outs[64]
        cdef int u, s, v, best = -1
        for u in range(self.size):
            ins[u] = outs[u] = 0
        for u in range(self.size):
            if part >> u & 1:
                for s in range(self.first_step[u], self.first_step[u + 1]):
                    v = self.steps[s].to
                    if part >> v & 1:
                        outs[u] += 1
                        ins[v] += 1
        for u in range(self.size):
            if part >> u & 1 and (best < 0 or ins[u] * outs[u] > ins[best] * outs[best]):
                best = u
        return best

    cdef void _begin(self, int root, bits part) noexcept nogil:
        cdef bits one = 1
        cdef int u, s, c = 0
        self.root = root
        self.last = 0
        for u in range(self.size):
            self.first_close[u] = c
            if u != root and part >> u & 1:
                for s in range(self.first_step[u], self.first_step[u + 1]):
                    if self.steps[s].to == root:
                        self.closes[c] = self.steps[s]
                        self.last |= one << u
                        c += 1
        self.first_close[self.size] = c
        self._forget()
        self.depth = 0
        self.pending = 0
        self._enter(0, self._node(root, self._relevant(root, part & ~(one << root))), 0, 1)

    def __dealloc__(self):
        free(self.steps)
        free(self.closes)
        free(self.after)
        free(self.before)
        free(self.path)
        free(self.path_on)
        if self.memory is not None and not _spare and self.memory.labels == FEW_LABELS:
            _spare.append(self.memory)

    # -- which variables can still be passed ---------------------------------------------------

    cdef inline bits _beside(self, const bits* table, bits ring) noexcept nogil:
        """The union of what the variables of a set lead to, or come from."""
        cdef bits found = (
            table[ring & 255] | table[256 + (ring >> 8 & 255)]
            | table[512 + (ring >> 16 & 255)] | table[768 + (ring >> 24 & 255)]
        )
        if ring >> 32:
            ring >>= 32
            found |= (
                table[1024 + (ring & 255)] | table[1280 + (ring >> 8 & 255)]
                | table[1536 + (ring >> 16 & 255)] | table[1792 + (ring >> 24 & 255)]
            )
        return found

    cdef bits _relevant(self, int v, bits among) noexcept nogil:
        """What of ``among`` lies on a way from ``v`` to the last variables."""
        cdef bits ahead = self._closure(self.after, self.next_of[v] & among, among)
        return self._closure(self.before, self.last & ahead, ahead)

    # -- what is remembered --------------------------------------------------------------------

    cdef void _forget(self) noexcept nogil:
        self.table_size = FEW_PLACES
        memset(self.table, 255, self.table_size * sizeof(int))
        self.known = self.used_edges = self.used_rows = 0
        self.used_data = self.own_data

    cdef inline bint _full(self) noexcept nogil:
        return (
            self.known > self.most_nodes
            or self.used_edges > EDGES - 2 * WAYS
            or self.used_data - self.own_data > POOL
            or self.used_rows > POOL_ROWS
        )

    cdef void _start_anew(self) noexcept nogil:
        """Forget all but the nodes of the path."""
        cdef Node path[66]
        cdef int d
        for d in range(self.depth + 1):
            path[d] = self.nodes[self.at[d]]
        self._forget()
        for d in range(self.depth + 1):
            self.at[d] = self._node(path[d].at, path[d].among)

    cdef inline Py_ssize_t _slot(self, int v, bits among) noexcept nogil:
        cdef bits h = (among ^ (<bits> v << 57)) * <bits> 0x9E3779B97F4A7C15
        h = (h ^ h >> 32) * <bits> 0xD6E8FEB86659FD93
        cdef Py_ssize_t place = <Py_ssize_t> (h >> 32 & <bits> (self.table_size - 1))
        cdef int k
        while True:
            k = self.table[place]
            if k < 0 or (self.nodes[k].among == among and self.nodes[k].at == v):
                return place
            place = (place + 1) & (self.table_size - 1)

    cdef inline int _node(self, int v, bits among) noexcept nogil:
        """The node of a variable and a set, made where it is not known yet."""
        cdef Py_ssize_t place = self._slot(v, among)
        cdef int k = self.table[place]
        cdef Node* node
        if k >= 0:
            return k
        k = self.known
        self.known += 1
        self.table[place] = k
        node = self.nodes + k
        node.among = among
        node.at = v
        node.edge = -1
        node.visits = 0
        node.rows = 0
        if 2 * self.known > self.table_size:
            self._rehash()
        return k

    cdef void _expand(self, int k) noexcept nogil:
        """Note where to from a node."""
        cdef Node* node = self.nodes + k
        cdef bits one = 1
        cdef bits among = node.among
        cdef bits left
        cdef int s, to, before = -1, then = -1, e = self.used_edges
        cdef Step tail
        if node.edge >= 0:
            return
        node.edge = e
        for s in range(self.first_step[node.at], self.first_step[node.at + 1]):
            to = self.steps[s].to
            if not among >> to & 1:
                continue
            if to != before:
                before = to
                left = among & ~(one << to)
                tail = self._single(to, &left)
                then = self._node(tail.to, self._relevant(tail.to, left))
            self.edges[e].node = then
            if tail.length:
                self.edges[e].start = <int> self.used_data
                copied(self.data + self.used_data, self.data + self.steps[s].start, self.steps[s].length)
                self.used_data += self.steps[s].length
                copied(self.data + self.used_data, self.path_on, tail.length)
                self.used_data += tail.length
            else:
                self.edges[e].start = self.steps[s].start
            self.edges[e].length = self.steps[s].length + tail.length
            self.edges[e].sign = self.steps[s].sign * tail.sign
            e += 1
        node.edges = e - node.edge
        self.used_edges = e

    cdef inline Step _single(self, int v, bits* left) noexcept nogil:
        """Go on while there is one way only: where to, and the label and sign of the way there."""
        cdef Step tail, step
        cdef bits one = 1
        cdef bits onward
        cdef int s, w
        tail.start = tail.length = 0
        tail.sign = 1
        while not self.last >> v & 1:
            onward = self.next_of[v] & left[0]
            if onward & (onward - 1) or onward & self.twice[v] or tail.length > self.most_tail:
                break
            w = lm_lowest(onward)
            s = self.first_step[v]
            while self.steps[s].to != w:
                s += 1
            step = self.steps[s]
            copied(self.path_on + tail.length, self.data + step.start, step.length)
            tail.length += step.length
            tail.sign *= step.sign
            left[0] &= ~(one << w)
            v = w
        tail.to = v
        return tail

    cdef bint _block(self, int k) noexcept nogil:
        """Make the block of a node and of all that follow; whether it has one."""
        cdef Node* node = self.nodes + k
        cdef int e, rows
        if node.rows:
            return node.rows > 0
        if self._full():
            return False
        self._expand(k)
        rows = self.first_close[node.at + 1] - self.first_close[node.at]
        node.rows = -1
        for e in range(node.edge, node.edge + node.edges):
            if not self._block(self.edges[e].node):
                if self._full():
                    node.rows = 0
                return False
            rows += self.nodes[self.edges[e].node].rows
            if rows > MOST_ROWS:
                return False
        if self._full():
            node.rows = 0
            return False
        return rows <= MOST_ROWS and self._write(node)

    cdef bint _write(self, Node* node) noexcept nogil:
        """Write the block of a node behind the others, if it is not too long."""
        cdef Py_ssize_t start = self.used_data, end = start + MOST_BYTES, at = start, come
        cdef int first = self.used_rows, row = first, e, k, r, size
        cdef Step step
        cdef Edge edge
        cdef Node* then
        for k in range(self.first_close[node.at], self.first_close[node.at + 1]):
            step = self.closes[k]
            if at + step.length > end:
                return False
            copied(self.data + at, self.data + step.start, step.length)
            at += step.length
            self.row_length[row] = step.length
            self.row_sign[row] = <unsigned char> step.sign
            row += 1
        for e in range(node.edge, node.edge + node.edges):
            edge = self.edges[e]
            then = self.nodes + edge.node
            come = then.data
            for r in range(then.row, then.row + then.rows):
                size = self.row_length[r]
                if at + edge.length + size > end:
                    return False
                copied(self.data + at, self.data + edge.start, edge.length)
                at += edge.length
                copied(self.data + at, self.data + come, size)
                at += size
                come += size
                self.row_length[row] = edge.length + size
                self.row_sign[row] = <unsigned char> (edge.sign * <signed char> self.row_sign[r])
                row += 1
        node.row = first
        node.data = <int> start
        node.rows = row - first
        self.used_rows = row
        self.used_data = at
        return True

    cdef void _rehash(self) noexcept nogil:
        cdef int k
        self.table_size *= 4
        memset(self.table, 255, self.table_size * sizeof(int))
        for k in range(self.known):
            self.table[self._slot(self.nodes[k].at, self.nodes[k].among)] = k

    # -- the walk ------------------------------------------------------------------------------

    def chunk(self):
        """``(flat, lengths, signs, more)``: the next loops, and whether there may be others.

        Lengths take one byte each where the walk is ``short``, else four.
        """
        cdef Py_ssize_t size = 1 if self.short_ else sizeof(unsigned int)
        cdef PyObject* flat = new_bytes(NULL, self.next_room + PIECE)
        cdef PyObject* lengths = new_bytes(NULL, self.most * size)
        cdef PyObject* signs = new_bytes(NULL, self.most)
        cdef bint more
        self.room = self.next_room
        self.flat = <unsigned char*> bytes_in(flat)
        self.lengths = <unsigned int*> bytes_in(lengths)
        self.signs = <unsigned char*> bytes_in(signs)
        self.count = self.used = 0
        with nogil:
            more = self._fill()
        self.next_room = max(self.room, min(4 * self.room, MOST_ROOM))
        return (
            _shortened(flat, self.used), _shortened(lengths, self.count * size),
            _shortened(signs, self.count), more,
        )

    cdef inline void _enter(self, int d, int node, int so_far, int sign) noexcept nogil:
        self.at[d] = node
        self.so_far[d] = so_far
        self.sign[d] = sign
        self.next_edge[d] = 0
        self.next_close[d] = self.first_close[self.nodes[node].at]

    cdef bint _fill(self) noexcept nogil:
        """Walk on until the chunk is full (true) or all is done."""
        cdef int p, k, v, sign
        cdef Edge edge
        cdef Node* node
        while self.depth >= 0 or not self.only_root and self._next_root():
            if not self.pending and self._full():
                self._start_anew()
            node = self.nodes + self.at[self.depth]
            if node.edge < 0:
                self._expand(self.at[self.depth])
            v = node.at
            while self.next_close[self.depth] < self.first_close[v + 1]:
                if not self._closed(self.depth, self.closes + self.next_close[self.depth]):
                    return True
                self.next_close[self.depth] += 1
            k = self.next_edge[self.depth]
            if k == node.edges:
                self.depth -= 1
                continue
            edge = self.edges[node.edge + k]
            p = self.so_far[self.depth]
            copied(self.path + p, self.data + edge.start, edge.length)
            p += edge.length
            sign = self.sign[self.depth] * edge.sign
            node = self.nodes + edge.node
            if not node.rows and node.visits < VISITS:
                node.visits += 1
                if node.visits == VISITS:
                    self._block(edge.node)
            if node.rows > 0:
                if not self._written(node, p, sign):
                    return True
                self.next_edge[self.depth] = k + 1
                continue
            self.next_edge[self.depth] = k + 1
            self.depth += 1
            self._enter(self.depth, edge.node, p, sign)
        return False

    cdef bint _closed(self, int d, Step* close) noexcept nogil:
        """Write the path and one way home, if there is room."""
        cdef Py_ssize_t p = self.so_far[d]
        if self.count == self.most or self.used + p + close.length > self.room:
            return False
        copied(self.flat + self.used, self.path, p)
        copied(self.flat + self.used + p, self.data + close.start, close.length)
        self.used += p + close.length
        self._noted(self.count, (p + close.length) // self.width)
        self.signs[self.count] = <unsigned char> (self.sign[d] * close.sign)
        self.count += 1
        return True

    cdef inline void _noted(self, Py_ssize_t place, Py_ssize_t length) noexcept nogil:
        if self.short_:
            (<unsigned char*> self.lengths)[place] = <unsigned char> length
        else:
            self.lengths[place] = <unsigned int> length

    cdef bint _written(self, Node* node, Py_ssize_t p, int sign) noexcept nogil:
        """Write the path and each row of a block, from the pending one on, if there is room."""
        cdef Py_ssize_t u = self.used, room = self.room, size, i
        cdef Py_ssize_t n = self.count
        cdef const unsigned char* data = self.data + node.data
        cdef const unsigned int* row_length = self.row_length + node.row
        cdef const unsigned char* row_sign = self.row_sign + node.row
        cdef unsigned char* flat = self.flat
        cdef unsigned char* path = self.path
        cdef int r, first = self.pending, last = node.rows
        cdef int turn = 0 if self.width == 1 else 1 if self.width == 2 else 2
        if last - first > self.most - n:
            last = <int> (first + self.most - n)
        for r in range(first):
            data += row_length[r]
        for r in range(first, last):
            size = row_length[r]
            if u + p + size > room:
                last = r
                break
            copied(flat + u, path, p)
            u += p
            copied(flat + u, data, size)
            u += size
            data += size
        if self.short_:
            for i in range(last - first):
                (<unsigned char*> self.lengths)[n + i] = <unsigned char> ((row_length[first + i] + p) >> turn)
        else:
            for i in range(last - first):
                self.lengths[n + i] = <unsigned int> ((row_length[first + i] + p) >> turn)
        if sign == 1:
            memcpy(self.signs + n, row_sign + first, last - first)
        else:
            for i in range(last - first):
                self.signs[n + i] = <unsigned char> (sign * <signed char> row_sign[first + i])
        self.used = u
        self.count = n + last - first
        self.pending = 0 if last == node.rows else last
        return last == node.rows
