# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled counterpart of ``loops_at_root`` for cores of up to 64 variables.

The same search as in listing.py: at every variable only those that can still be passed on the
way home are kept, so that every step leads to a loop. State lives in arrays, so a call fills one
chunk and returns, and the next call goes on from there.
"""

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

MOST_VARIABLES = 64

ctypedef unsigned long long bits

cdef struct Step:
    int to          # the variable it leads to
    int start       # where its label is in the pool
    int length      # how many bytes the label has
    int sign


cdef class RootWalk:
    """The loops through variable ``root`` of a core with ``size`` variables.

    ``leaving`` and ``closing`` are, for every variable, tuples (to, label, sign) and
    (label, sign).
    """

    cdef int size, depth, width
    cdef bits last
    cdef bits after[64]
    cdef bits before[64]
    cdef int first_step[65]
    cdef int first_close[65]
    cdef Step* steps
    cdef Step* closes
    cdef unsigned char* pool
    cdef unsigned char* path
    cdef unsigned char* flat
    cdef unsigned char* signs
    cdef unsigned int* lengths
    cdef Py_ssize_t room, most
    cdef bint short_
    # one frame for every variable on the path
    cdef int at[66]
    cdef int next_step[66]
    cdef int so_far[66]
    cdef int sign[66]
    cdef bits free_[66]

    def __cinit__(self, int root, list leaving, list closing, int width, bint short_, Py_ssize_t most):
        cdef int i, j, k = 0, c = 0, place = 0, longest = 0
        cdef bits one = 1
        self.size = len(leaving)
        if self.size > 64:
            raise ValueError("at most 64 variables")
        self.width = width
        self.short_ = short_
        labels = [label for row in leaving for _, label, _ in row]
        labels += [label for row in closing for label, _ in row]
        self.steps = <Step*> calloc(len(labels) + 1, sizeof(Step))
        self.closes = <Step*> calloc(len(labels) + 1, sizeof(Step))
        self.pool = <unsigned char*> malloc(sum(map(len, labels)) + 1)
        for i in range(self.size):
            self.first_step[i] = k
            for to, label, sign in leaving[i]:
                j = to
                self.steps[k] = self._stored(j, label, sign, &place)
                self.after[i] |= one << j
                self.before[j] |= one << i
                longest = max(longest, len(label))
                k += 1
            self.first_close[i] = c
            for label, sign in closing[i]:
                self.closes[c] = self._stored(root, label, sign, &place)
                self.last |= one << i
                longest = max(longest, len(label))
                c += 1
        self.first_step[self.size] = k
        self.first_close[self.size] = c
        self.most = most + c
        # loops of a chunk, of which the last variable's may come on top
        self.room = (1 << 22) + <Py_ssize_t> (c + 1) * longest * (self.size + 1)
        self.path = <unsigned char*> malloc(longest * (self.size + 1) + 1)
        self.flat = <unsigned char*> malloc(self.room)
        self.signs = <unsigned char*> malloc(self.most)
        self.lengths = <unsigned int*> malloc(self.most * sizeof(unsigned int))
        self._begin(root)

    cdef Step _stored(self, int to, bytes label, int sign, int* place):
        cdef Step step
        cdef const unsigned char* text = label
        step.to = to
        step.start = place[0]
        step.length = len(label)
        step.sign = sign
        memcpy(self.pool + place[0], text, step.length)
        place[0] += step.length
        return step

    cdef void _begin(self, int root):
        cdef bits one = 1
        cdef bits every = ~<bits> 0 if self.size == 64 else (one << self.size) - 1
        self.depth = 0
        self.at[0] = root
        self.next_step[0] = self.first_step[root]
        self.so_far[0] = 0
        self.sign[0] = 1
        self.free_[0] = self._homeward(every & ~(one << root))

    def __dealloc__(self):
        free(self.steps)
        free(self.closes)
        free(self.pool)
        free(self.path)
        free(self.flat)
        free(self.signs)
        free(self.lengths)

    cdef bits _homeward(self, bits among) noexcept nogil:
        """What of ``among`` has a way to the last variables inside it."""
        cdef bits home = self.last & among
        cdef bits ring = home
        cdef bits new
        among &= ~home
        while ring:
            new = self.before[lm_lowest(ring)] & among
            ring &= ring - 1
            home |= new
            ring |= new
            among &= ~new
        return home

    def chunk(self):
        """``(flat, lengths, signs, more)``: the next loops, and whether there may be others.

        Lengths take one byte each where the walk is ``short``, else four.
        """
        cdef Py_ssize_t count = 0, used = 0, i
        cdef Py_ssize_t size = sizeof(unsigned int)
        cdef bint more
        with nogil:
            more = self._fill(&count, &used)
            if self.short_:
                size = 1
                for i in range(count):
                    (<unsigned char*> self.lengths)[i] = <unsigned char> self.lengths[i]
        lengths = (<char*> self.lengths)[: count * size]
        return self.flat[:used], lengths, self.signs[:count], more

    cdef bint _fill(self, Py_ssize_t* count, Py_ssize_t* used) noexcept nogil:
        cdef int d = self.depth
        cdef int v, w, p, k, c, extra
        cdef int sign
        cdef Py_ssize_t n = 0, u = 0
        cdef Py_ssize_t most = self.most - self.first_close[self.size]
        cdef bits one = 1
        cdef bits free_now, onward
        cdef Step step
        cdef bint closing
        while d >= 0:
            if n >= most or u >= (1 << 22):
                self.depth = d
                count[0] = n
                used[0] = u
                return True
            k = self.next_step[d]
            v = self.at[d]
            if k == self.first_step[v + 1]:
                d -= 1
                continue
            self.next_step[d] = k + 1
            step = self.steps[k]
            w = step.to
            if not (self.free_[d] >> w) & 1:
                continue
            p = self.so_far[d]
            memcpy(self.path + p, self.pool + step.start, step.length)
            p += step.length
            sign = self.sign[d] * step.sign
            free_now = self.free_[d] & ~(one << w)
            closing = (self.last >> w) & 1
            if closing:
                for c in range(self.first_close[w], self.first_close[w + 1]):
                    extra = self.closes[c].length
                    memcpy(self.flat + u, self.path, p)
                    memcpy(self.flat + u + p, self.pool + self.closes[c].start, extra)
                    u += p + extra
                    self.lengths[n] = (p + extra) // self.width
                    self.signs[n] = <unsigned char> (sign * self.closes[c].sign)
                    n += 1
            onward = self.after[w] & free_now
            if not onward:
                continue
            if closing or onward & (onward - 1):
                free_now = self._homeward(free_now)
                if not self.after[w] & free_now:
                    continue
            d += 1
            self.at[d] = w
            self.next_step[d] = self.first_step[w]
            self.so_far[d] = p
            self.sign[d] = sign
            self.free_[d] = free_now
        self.depth = -1
        count[0] = n
        used[0] = u
        return False


cdef class BoundedWalk:
    """Loops of at most ``longest`` links, root after root, by the way home to each root.

    ``source``, ``target`` and ``sign`` are buffers of one number a link, ``roots`` the variables
    in the order in which they are roots. ``chunk`` says so when it goes astray: when more than
    ``patience`` steps led to no loop, because the way home is blocked by the path itself.
    """

    cdef int n, m, longest, place, depth, root, stamp_now, patience, fruitless
    cdef bint active
    cdef int* first_out
    cdef int* first_in
    cdef int* to
    cdef int* link
    cdef int* came
    cdef signed char* sign_of
    cdef int* roots
    cdef int count_roots
    cdef unsigned char* gone
    cdef unsigned char* on
    cdef int* stamp
    cdef int* away
    cdef int* queue
    cdef int* at
    cdef int* next_out
    cdef int* used_link
    cdef signed char* sign
    cdef int* flat
    cdef unsigned int* lengths
    cdef unsigned char* signs
    cdef Py_ssize_t room, most

    def __cinit__(
        self, int n, const int[::1] source, const int[::1] target, const signed char[::1] sign,
        const int[::1] numbers, const int[::1] roots, int longest, int patience, Py_ssize_t most,
    ):
        cdef int i, m = source.shape[0]
        cdef int* fill
        self.n = n
        self.m = m
        self.longest = longest
        self.patience = patience
        self.most = most
        self.room = most * longest if most * longest < (1 << 22) else (1 << 22)
        self.room += longest
        self.first_out = <int*> calloc(n + 1, sizeof(int))
        self.first_in = <int*> calloc(n + 1, sizeof(int))
        self.to = <int*> malloc((m + 1) * sizeof(int))
        self.link = <int*> malloc((m + 1) * sizeof(int))
        self.came = <int*> malloc((m + 1) * sizeof(int))
        self.sign_of = <signed char*> malloc(m + 1)
        self.count_roots = roots.shape[0]
        self.roots = <int*> malloc((self.count_roots + 1) * sizeof(int))
        self.gone = <unsigned char*> calloc(n + 1, 1)
        self.on = <unsigned char*> calloc(n + 1, 1)
        self.stamp = <int*> calloc(n + 1, sizeof(int))
        self.away = <int*> malloc((n + 1) * sizeof(int))
        self.queue = <int*> malloc((n + 1) * sizeof(int))
        self.at = <int*> malloc((longest + 2) * sizeof(int))
        self.next_out = <int*> malloc((longest + 2) * sizeof(int))
        self.used_link = <int*> malloc((longest + 2) * sizeof(int))
        self.sign = <signed char*> malloc(longest + 2)
        self.flat = <int*> malloc(self.room * sizeof(int))
        self.lengths = <unsigned int*> malloc((most + 1) * sizeof(unsigned int))
        self.signs = <unsigned char*> malloc(most + 1)
        for i in range(m):
            self.first_out[source[i] + 1] += 1
            self.first_in[target[i] + 1] += 1
        for i in range(n):
            self.first_out[i + 1] += self.first_out[i]
            self.first_in[i + 1] += self.first_in[i]
        fill = <int*> malloc((n + 1) * sizeof(int))
        memcpy(fill, self.first_out, (n + 1) * sizeof(int))
        for i in range(m):
            self.to[fill[source[i]]] = target[i]
            self.link[fill[source[i]]] = numbers[i]
            self.sign_of[fill[source[i]]] = sign[i]
            fill[source[i]] += 1
        memcpy(fill, self.first_in, (n + 1) * sizeof(int))
        for i in range(m):
            self.came[fill[target[i]]] = source[i]
            fill[target[i]] += 1
        free(fill)
        for i in range(self.count_roots):
            self.roots[i] = roots[i]

    def __dealloc__(self):
        free(self.first_out)
        free(self.first_in)
        free(self.to)
        free(self.link)
        free(self.came)
        free(self.sign_of)
        free(self.roots)
        free(self.gone)
        free(self.on)
        free(self.stamp)
        free(self.away)
        free(self.queue)
        free(self.at)
        free(self.next_out)
        free(self.used_link)
        free(self.sign)
        free(self.flat)
        free(self.lengths)
        free(self.signs)

    def chunk(self):
        """``(flat, lengths, signs, more, astray)``; link numbers and lengths of four bytes."""
        cdef Py_ssize_t count = 0, used = 0
        cdef int state
        with nogil:
            state = self._fill(&count, &used)
        return (
            (<char*> self.flat)[: used * sizeof(int)],
            (<char*> self.lengths)[: count * sizeof(unsigned int)],
            self.signs[:count],
            state == 1,
            state == 2,
        )

    cdef bint _next_root(self) noexcept nogil:
        """Go to the next root, and measure the ways home to it over roots still to come."""
        cdef int head = 0, tail = 0, x, k, w
        if self.place == self.count_roots:
            return False
        self.root = self.roots[self.place]
        self.place += 1
        self.stamp_now += 1
        self.queue[tail] = self.root
        tail += 1
        self.stamp[self.root] = self.stamp_now
        self.away[self.root] = 0
        while head < tail:
            x = self.queue[head]
            head += 1
            if self.away[x] + 1 >= self.longest:
                break
            for k in range(self.first_in[x], self.first_in[x + 1]):
                w = self.came[k]
                if not self.gone[w] and self.stamp[w] != self.stamp_now:
                    self.stamp[w] = self.stamp_now
                    self.away[w] = self.away[x] + 1
                    self.queue[tail] = w
                    tail += 1
        self.depth = 0
        self.at[0] = self.root
        self.next_out[0] = self.first_out[self.root]
        self.sign[0] = 1
        self.on[self.root] = 1
        self.active = True
        return True

    cdef int _fill(self, Py_ssize_t* count, Py_ssize_t* used) noexcept nogil:
        """0 when done, 1 when the chunk is full, 2 when astray."""
        cdef Py_ssize_t n = 0, u = 0
        cdef int d, v, k, w, i, state = 0
        cdef signed char product
        while True:
            if not self.active and not self._next_root():
                break
            d = self.depth
            while d >= 0:
                v = self.at[d]
                k = self.next_out[d]
                if k == self.first_out[v + 1]:
                    self.on[v] = 0
                    d -= 1
                    continue
                w = self.to[k]
                if w == self.root:
                    if n == self.most or u + self.longest > self.room:
                        state = 1
                        break
                    self.next_out[d] = k + 1
                    self.fruitless = 0
                    for i in range(d):
                        self.flat[u + i] = self.used_link[i]
                    self.flat[u + d] = self.link[k]
                    u += d + 1
                    self.lengths[n] = d + 1
                    product = self.sign[d] * self.sign_of[k]
                    self.signs[n] = <unsigned char> product
                    n += 1
                    continue
                self.next_out[d] = k + 1
                if self.stamp[w] != self.stamp_now or self.on[w] or self.gone[w]:
                    continue
                if d + 1 + self.away[w] > self.longest:
                    continue
                self.fruitless += 1
                if self.fruitless > self.patience:
                    state = 2
                    break
                self.used_link[d] = self.link[k]
                product = self.sign[d] * self.sign_of[k]
                d += 1
                self.at[d] = w
                self.next_out[d] = self.first_out[w]
                self.sign[d] = product
                self.on[w] = 1
            self.depth = d
            if state:
                break
            self.active = False
            self.gone[self.root] = 1
        count[0] = n
        used[0] = u
        return state


cdef enum:
    FREE = 255
    DONE = 254
    HEAD = 64
    WORDS = 3       # states of up to 24 slots

MOST_SLOTS = 8 * WORDS


cdef struct State:
    bits word[3]


cdef class DagBuilder:
    """Layers of the loop DAG of frontier.py, one elimination after the other.

    Codes, rules and the meaning of ways are those of arrays.py; states of a layer are found by
    an open hash table and numbered as they come.
    """

    cdef State* now
    cdef State* following
    cdef Py_ssize_t count, found, room
    cdef int* table
    cdef Py_ssize_t table_size
    cdef int* sources
    cdef int* ways
    cdef int* targets
    cdef Py_ssize_t moves, moves_room
    cdef int* closing
    cdef int* closing_ways
    cdef Py_ssize_t shut, shut_room
    cdef bint failed

    def __cinit__(self):
        self.room = 1024
        self.moves_room = 4096
        self.shut_room = 1024
        self.table_size = 4096
        self.now = <State*> malloc(self.room * sizeof(State))
        self.following = <State*> malloc(self.room * sizeof(State))
        self.table = <int*> malloc(self.table_size * sizeof(int))
        self.sources = <int*> malloc(self.moves_room * sizeof(int))
        self.ways = <int*> malloc(self.moves_room * sizeof(int))
        self.targets = <int*> malloc(self.moves_room * sizeof(int))
        self.closing = <int*> malloc(self.shut_room * sizeof(int))
        self.closing_ways = <int*> malloc(self.shut_room * sizeof(int))
        memset(self.now, FREE, sizeof(State))
        self.count = 1

    def __dealloc__(self):
        free(self.now)
        free(self.following)
        free(self.table)
        free(self.sources)
        free(self.ways)
        free(self.targets)
        free(self.closing)
        free(self.closing_ways)

    def step(self, int slot, list ins, list outs, list dry_in, list dry_out, int base):
        """Eliminate the variable in a slot: sources, ways, starts, closing, closing ways, states.

        All but the last are bytes of 32-bit numbers, ``starts`` of 64-bit ones; transitions are
        sorted by the state they lead to.
        """
        cdef int given[128]
        cdef int dry[64]
        cdef int i = 0, n_in = len(ins), n_out = len(outs), dries = len(dry_in), n_dry
        n_dry = dries + len(dry_out)
        if n_in + n_out > 64 or n_dry > 64:
            raise ValueError("too many ways")
        for s, pair in ins + outs:
            given[2 * i] = s
            given[2 * i + 1] = pair
            i += 1
        i = 0
        for s in dry_in + dry_out:
            dry[i] = s
            i += 1
        with nogil:
            self._eliminate(slot, given, n_in, n_out, dry, dries, n_dry, base)
        if self.failed:
            raise MemoryError
        return self._sorted()

    cdef object _sorted(self):
        cdef Py_ssize_t k, t
        cdef long long* starts = <long long*> calloc(self.found + 1, sizeof(long long))
        cdef int* by_source = <int*> malloc(self.moves * sizeof(int))
        cdef int* by_way = <int*> malloc(self.moves * sizeof(int))
        if not starts or not by_source or not by_way:
            free(starts)
            free(by_source)
            free(by_way)
            raise MemoryError
        for k in range(self.moves):
            starts[self.targets[k] + 1] += 1
        for t in range(self.found):
            starts[t + 1] += starts[t]
        for k in range(self.moves):
            t = starts[self.targets[k]]
            starts[self.targets[k]] += 1
            by_source[t] = self.sources[k]
            by_way[t] = self.ways[k]
        for t in range(self.found, 0, -1):
            starts[t] = starts[t - 1]
        starts[0] = 0
        made = (
            (<char*> by_source)[: self.moves * sizeof(int)],
            (<char*> by_way)[: self.moves * sizeof(int)],
            (<char*> starts)[: self.found * sizeof(long long)],
            (<char*> self.closing)[: self.shut * sizeof(int)],
            (<char*> self.closing_ways)[: self.shut * sizeof(int)],
            self.found,
        )
        free(starts)
        free(by_source)
        free(by_way)
        return made

    cdef void _eliminate(
        self, int v, int* given, int n_in, int n_out, int* dry, int dries, int n_dry, int base
    ) noexcept nogil:
        cdef Py_ssize_t s
        cdef int k, code, a, way
        cdef State state, entered
        cdef unsigned char* codes = <unsigned char*> &state
        cdef State* swap
        self.moves = self.shut = 0
        memset(self.table, 255, self.table_size * sizeof(int))
        memset(self.following, FREE, sizeof(State))
        self.found = 1
        self._move(0, 0, 0)
        for s in range(self.count):
            state = self.now[s]
            code = codes[v]
            if code >= DONE and s > 0:
                entered = state
                (<unsigned char*> &entered)[v] = FREE
                self._put(&entered, s, 0, dry, dries, n_dry)
            if code == DONE:
                continue
            if code >= HEAD and code < DONE:
                self._leave(&state, v, s, 0, given + 2 * n_in, n_out, dry, dries, n_dry)
                continue
            for k in range(n_in):
                a = given[2 * k]
                way = (given[2 * k + 1] + 1) * base
                if codes[a] != FREE and (codes[a] < HEAD or codes[a] >= DONE):
                    continue
                entered = state
                if not _joined(&entered, a, v):
                    if _alone(&state):
                        self._close(s, way)
                elif code == FREE:
                    self._leave(&entered, v, s, way, given + 2 * n_in, n_out, dry, dries, n_dry)
                else:
                    (<unsigned char*> &entered)[v] = FREE
                    self._put(&entered, s, way, dry, dries, n_dry)
            if self.failed:
                return
        swap = self.now
        self.now = self.following
        self.following = swap
        self.count = self.found

    cdef void _leave(
        self, State* state, int v, Py_ssize_t source, int way, int* outs, int n_out,
        int* dry, int dries, int n_dry,
    ) noexcept nogil:
        """Every way on from a variable that is the head of a fragment."""
        cdef int k, b, code
        cdef State left
        for k in range(n_out):
            b = outs[2 * k]
            code = (<unsigned char*> state)[b]
            if code != FREE and code >= HEAD:
                continue
            left = state[0]
            if _joined(&left, v, b):
                (<unsigned char*> &left)[v] = FREE
                self._put(&left, source, way + outs[2 * k + 1] + 1, dry, dries, n_dry)
            elif _alone(state):
                self._close(source, way + outs[2 * k + 1] + 1)

    cdef void _put(
        self, State* state, Py_ssize_t source, int way, int* dry, int dries, int n_dry
    ) noexcept nogil:
        """Find or number a state, unless it is dead, and note the way to it."""
        cdef unsigned char* codes = <unsigned char*> state
        cdef int k, code
        cdef Py_ssize_t place
        for k in range(n_dry):
            code = codes[dry[k]]
            if code == FREE:
                codes[dry[k]] = DONE
            elif k < dries:
                if code < HEAD:
                    return
            elif code >= HEAD and code < DONE:
                return
        place = self._slot_of(state)
        if self.table[place] < 0:
            if self.found == self.room and not self._grow():
                return
            place = self._slot_of(state)
            self.following[self.found] = state[0]
            self.table[place] = <int> self.found
            self.found += 1
            if 2 * self.found > self.table_size and not self._rehash():
                return
            self._move(source, way, self.found - 1)
        else:
            self._move(source, way, self.table[place])

    cdef Py_ssize_t _slot_of(self, State* state) noexcept nogil:
        cdef bits h = state.word[0] * <bits> 0x9E3779B97F4A7C15
        cdef Py_ssize_t place
        cdef int k
        cdef State* other
        h = (h ^ (h >> 29) ^ state.word[1]) * <bits> 0xBF58476D1CE4E5B9
        h = (h ^ (h >> 32) ^ state.word[2]) * <bits> 0x94D049BB133111EB
        place = <Py_ssize_t> ((h ^ (h >> 31)) & <bits> (self.table_size - 1))
        while True:
            k = self.table[place]
            if k < 0:
                return place
            other = self.following + k
            if (
                other.word[0] == state.word[0]
                and other.word[1] == state.word[1]
                and other.word[2] == state.word[2]
            ):
                return place
            place = (place + 1) & (self.table_size - 1)

    cdef bint _grow(self) noexcept nogil:
        cdef void* more = realloc(self.following, 2 * self.room * sizeof(State))
        if more:
            self.following = <State*> more
            more = realloc(self.now, 2 * self.room * sizeof(State))
        if not more:
            self.failed = True
            return False
        self.now = <State*> more
        self.room *= 2
        return True

    cdef bint _rehash(self) noexcept nogil:
        cdef Py_ssize_t k
        cdef void* more = realloc(self.table, 4 * self.table_size * sizeof(int))
        if not more:
            self.failed = True
            return False
        self.table = <int*> more
        self.table_size *= 4
        memset(self.table, 255, self.table_size * sizeof(int))
        for k in range(1, self.found):
            self.table[self._slot_of(self.following + k)] = <int> k
        return True

    cdef void _move(self, Py_ssize_t source, int way, Py_ssize_t target) noexcept nogil:
        cdef Py_ssize_t size = 2 * self.moves_room * sizeof(int)
        if self.moves == self.moves_room:
            if not (
                _enlarged(&self.sources, size)
                and _enlarged(&self.ways, size)
                and _enlarged(&self.targets, size)
            ):
                self.failed = True
                return
            self.moves_room *= 2
        self.sources[self.moves] = <int> source
        self.ways[self.moves] = way
        self.targets[self.moves] = <int> target
        self.moves += 1

    cdef void _close(self, Py_ssize_t source, int way) noexcept nogil:
        cdef Py_ssize_t size = 2 * self.shut_room * sizeof(int)
        if self.shut == self.shut_room:
            if not (_enlarged(&self.closing, size) and _enlarged(&self.closing_ways, size)):
                self.failed = True
                return
            self.shut_room *= 2
        self.closing[self.shut] = <int> source
        self.closing_ways[self.shut] = way
        self.shut += 1


cdef bint _enlarged(int** row, Py_ssize_t size) noexcept nogil:
    cdef void* more = realloc(row[0], size)
    if not more:
        return False
    row[0] = <int*> more
    return True


cdef bint _joined(State* state, int a, int b) noexcept nogil:
    """Join a way from slot ``a`` to slot ``b``; false, and nothing done, if it closes a loop."""
    cdef unsigned char* codes = <unsigned char*> state
    cdef int tail = a if codes[a] == FREE else codes[a] - HEAD
    cdef int head = b if codes[b] == FREE else codes[b]
    if tail == b:
        return False
    codes[a] = DONE
    codes[b] = DONE
    codes[tail] = head
    codes[head] = HEAD + tail
    return True


cdef bint _alone(State* state) noexcept nogil:
    """Whether there is but one fragment."""
    cdef unsigned char* codes = <unsigned char*> state
    cdef int k, ends = 0
    for k in range(8 * WORDS):
        ends += codes[k] < DONE
    return ends == 2
