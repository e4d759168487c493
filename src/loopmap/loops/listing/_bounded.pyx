# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled counterpart of bounded.py: loops of at most so many links, root after root."""

from libc.stdlib cimport free, malloc, qsort
from libc.string cimport memset

cdef enum:
    FAR = 1 << 29       # away: cannot be reached, or is on the path


cdef struct Busy:
    # a variable and its ways in times its ways out
    long long ways
    int variable


cdef int busier(const void* one, const void* other) noexcept nogil:
    cdef const Busy* a = <const Busy*> one
    cdef const Busy* b = <const Busy*> other
    if a.ways != b.ways:
        return 1 if a.ways < b.ways else -1
    return -1 if a.variable < b.variable else 1


cdef class BoundedWalk:
    """Loops of at most ``longest`` links, root after root, by the way home to each root.

    ``source``, ``target``, ``sign`` and ``numbers`` are buffers with one entry a link; ``roots``
    the variables in the order in which they are roots, or ``None``: all, those with most ways
    first. The ways home are measured once for every root. When more than ``patience`` steps led
    to no loop, because the path itself blocks the way home, they are measured anew at every step
    until there is a loop: so the next loop is never further than O(longest (n + m)) steps away.
    """

    cdef int n, longest, place, depth, root, patience, fruitless, reached, count_roots, clock
    cdef bint active, strict
    cdef int* memory            # all that follows, in one piece
    cdef int* first_out         # the ways out of v are those from first_out[v] to first_out[v + 1]
    cdef int* first_in
    cdef int* to
    cdef int* link
    cdef int* came
    cdef int* outs              # how many ways are left, of variables that are left
    cdef int* ins
    cdef int* roots
    cdef int* away              # links to the root, or FAR
    cdef int* queue
    cdef int* gone
    cdef int* measured          # in strict mode: when, and how far it is round the path
    cdef int* around
    cdef int* queue_around
    # one frame for every variable on the path
    cdef int* at
    cdef int* next_out
    cdef int* used_link
    cdef int* was_away
    cdef signed char* sign
    # the ways' signs, and the chunk
    cdef signed char* sign_of
    cdef int* flat
    cdef unsigned int* lengths
    cdef unsigned char* signs
    cdef Py_ssize_t room, most

    def __cinit__(
        self, const int[::1] source, const int[::1] target, const signed char[::1] sign,
        const int[::1] numbers, roots, int longest, int patience, Py_ssize_t most,
    ):
        cdef Py_ssize_t m = source.shape[0], n, i
        cdef int* end
        self.n = 0
        for i in range(m):
            self.n = max(self.n, source[i] + 1, target[i] + 1)
        n = self.n
        self.longest = longest = min(longest, self.n)
        self.patience = patience
        self.most = most
        self.room = min(most * longest, 1 << 18) + longest
        self.memory = <int*> malloc((11 * n + 2 + 3 * m + 4 * (longest + 2)) * sizeof(int))
        self.sign_of = <signed char*> malloc(m + longest + 3)
        self.flat = <int*> malloc(self.room * sizeof(int))
        self.lengths = <unsigned int*> malloc((most + 1) * sizeof(unsigned int))
        self.signs = <unsigned char*> malloc(most + 1)
        if not (self.memory and self.sign_of and self.flat and self.lengths and self.signs):
            raise MemoryError
        end = self.memory
        self.first_out = end
        self.first_in = self.first_out + n + 1
        self.outs = self.first_in + n + 1
        self.ins = self.outs + n
        self.roots = self.ins + n
        self.away = self.roots + n
        self.queue = self.away + n
        self.gone = self.queue + n
        self.measured = self.gone + n
        self.around = self.measured + n
        self.queue_around = self.around + n
        self.to = self.queue_around + n
        self.link = self.to + m
        self.came = self.link + m
        self.at = self.came + m
        self.next_out = self.at + longest + 2
        self.used_link = self.next_out + longest + 2
        self.was_away = self.used_link + longest + 2
        self.sign = self.sign_of + m
        if m:
            self._by_ends(&source[0], &target[0], &sign[0], &numbers[0], m)
        if roots is None:
            self._order()
        else:
            self.count_roots = 0
            for v in roots:
                if <int> v < self.n:
                    self.roots[self.count_roots] = v
                    self.count_roots += 1

    def __dealloc__(self):
        free(self.memory)
        free(self.sign_of)
        free(self.flat)
        free(self.lengths)
        free(self.signs)

    cdef void _by_ends(
        self, const int* source, const int* target, const signed char* sign, const int* numbers,
        Py_ssize_t m,
    ) noexcept nogil:
        cdef Py_ssize_t i
        cdef int v, k
        memset(self.first_out, 0, 2 * (<Py_ssize_t> self.n + 1) * sizeof(int))
        for i in range(m):
            self.first_out[source[i] + 1] += 1
            self.first_in[target[i] + 1] += 1
        for v in range(self.n):
            self.outs[v] = self.first_out[v + 1]
            self.ins[v] = self.first_in[v + 1]
            self.first_out[v + 1] += self.first_out[v]
            self.first_in[v + 1] += self.first_in[v]
            self.away[v] = FAR
            self.gone[v] = self.measured[v] = 0
        for i in range(m - 1, -1, -1):
            v = source[i]
            self.outs[v] -= 1
            k = self.first_out[v] + self.outs[v]
            self.to[k] = target[i]
            self.link[k] = numbers[i]
            self.sign_of[k] = sign[i]
            v = target[i]
            self.ins[v] -= 1
            self.came[self.first_in[v] + self.ins[v]] = source[i]
        for v in range(self.n):
            self.outs[v] = self.first_out[v + 1] - self.first_out[v]
            self.ins[v] = self.first_in[v + 1] - self.first_in[v]

    cdef _order(self):
        cdef Busy* busy = <Busy*> malloc(self.n * sizeof(Busy) + 1)
        cdef int v, k = 0
        if not busy:
            raise MemoryError
        with nogil:
            for v in range(self.n):
                if self.ins[v] and self.outs[v]:
                    busy[k].ways = <long long> self.ins[v] * self.outs[v]
                    busy[k].variable = v
                    k += 1
            qsort(busy, k, sizeof(Busy), busier)
            for v in range(k):
                self.roots[v] = busy[v].variable
        self.count_roots = k
        free(busy)

    def chunk(self):
        """``(flat, lengths, signs, more)``; link numbers and lengths of four bytes."""
        cdef Py_ssize_t count = 0, used = 0
        cdef bint more
        with nogil:
            more = self._fill(&count, &used)
        return (
            (<char*> self.flat)[: used * sizeof(int)],
            (<char*> self.lengths)[: count * sizeof(unsigned int)],
            (<char*> self.signs)[:count],
            more,
        )

    cdef bint _next_root(self) noexcept nogil:
        """Go to the next root, and measure the ways home to it over variables that are left."""
        cdef int head = 0, x, k, w
        while self.place < self.count_roots and self.gone[self.roots[self.place]]:
            self.place += 1
        if self.place == self.count_roots:
            return False
        self.root = self.roots[self.place]
        self.place += 1
        self.queue[0] = self.root
        self.reached = 1
        self.away[self.root] = 0
        while head < self.reached:
            x = self.queue[head]
            head += 1
            if self.away[x] + 1 >= self.longest:
                break
            for k in range(self.first_in[x], self.first_in[x + 1]):
                w = self.came[k]
                if self.away[w] == FAR and not self.gone[w]:
                    self.away[w] = self.away[x] + 1
                    self.queue[self.reached] = w
                    self.reached += 1
        self.depth = 0
        self.at[0] = self.root
        self.next_out[0] = self.first_out[self.root]
        self.sign[0] = 1
        self.active = True
        return True

    cdef void _done_with_root(self) noexcept nogil:
        """Take the root away, and all that then leads nowhere or is led to by nothing."""
        cdef int k, v, w, size = 1
        for k in range(self.reached):
            self.away[self.queue[k]] = FAR
        self.active = False
        self.gone[self.root] = 1
        self.queue[0] = self.root
        while size:
            size -= 1
            v = self.queue[size]
            for k in range(self.first_out[v], self.first_out[v + 1]):
                w = self.to[k]
                self.ins[w] -= 1
                if not self.ins[w] and not self.gone[w]:
                    self.gone[w] = 1
                    self.queue[size] = w
                    size += 1
            for k in range(self.first_in[v], self.first_in[v + 1]):
                w = self.came[k]
                self.outs[w] -= 1
                if not self.outs[w] and not self.gone[w]:
                    self.gone[w] = 1
                    self.queue[size] = w
                    size += 1

    cdef void _measure_around(self, int d) noexcept nogil:
        """Measure the ways home once more, round the path."""
        cdef int head = 0, tail = 1, x, k, w
        self.clock += 1
        self.queue_around[0] = self.root
        self.around[self.root] = 0
        self.measured[self.root] = self.clock
        while head < tail:
            x = self.queue_around[head]
            head += 1
            if d + 1 + self.around[x] >= self.longest:
                break
            for k in range(self.first_in[x], self.first_in[x + 1]):
                w = self.came[k]
                if self.away[w] < FAR and self.measured[w] != self.clock:
                    self.measured[w] = self.clock
                    self.around[w] = self.around[x] + 1
                    self.queue_around[tail] = w
                    tail += 1

    cdef inline bint _leads_home(self, int w, int d) noexcept nogil:
        if d + 1 + self.away[w] > self.longest:
            return False
        return not self.strict or (
            self.measured[w] == self.clock and d + 1 + self.around[w] <= self.longest
        )

    cdef bint _fill(self, Py_ssize_t* count, Py_ssize_t* used) noexcept nogil:
        """Walk on until the chunk is full (true) or all is done."""
        cdef Py_ssize_t n = 0, u = 0
        cdef int d, v, k, w, i, end
        cdef bint more = False
        while self.active or self._next_root():
            d = self.depth
            while d >= 0:
                v = self.at[d]
                k = self.next_out[d]
                end = self.first_out[v + 1]
                if self.strict:
                    self._measure_around(d)
                while k < end and not self._leads_home(self.to[k], d):
                    k += 1
                if k == end:
                    if d:
                        self.away[v] = self.was_away[d]
                    d -= 1
                    continue
                w = self.to[k]
                if w == self.root:
                    if n == self.most or u + self.longest > self.room:
                        self.next_out[d] = k
                        more = True
                        break
                    self.next_out[d] = k + 1
                    self.fruitless = 0
                    self.strict = False
                    for i in range(d):
                        self.flat[u + i] = self.used_link[i]
                    self.flat[u + d] = self.link[k]
                    u += d + 1
                    self.lengths[n] = d + 1
                    self.signs[n] = <unsigned char> (self.sign[d] * self.sign_of[k])
                    n += 1
                    continue
                self.next_out[d] = k + 1
                self.fruitless += 1
                if self.fruitless > self.patience:
                    self.strict = True
                self.used_link[d] = self.link[k]
                self.sign[d + 1] = self.sign[d] * self.sign_of[k]
                d += 1
                self.at[d] = w
                self.next_out[d] = self.first_out[w]
                self.was_away[d] = self.away[w]
                self.away[w] = FAR
            self.depth = d
            if more:
                break
            self._done_with_root()
        count[0] = n
        used[0] = u
        return more
