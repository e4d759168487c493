# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled counterpart of frontier.py and frontier_numpy.py: loop DAGs of up to 32 open variables.

The same states and the same rule for joining. Values are whole numbers modulo 2^(64·W), as many
words W as the largest sum can need, so nothing is ever rounded or lost; what a pair is worth is
written as a sum of (number below 2^62) · 2^shift, which makes a polynomial packed by length a few
shifted additions. ``CompiledDag`` keeps all transitions and evaluates them as often as wanted;
``streamed_totals`` keeps but two layers of states, for totals of maps whose DAG would not fit.
"""

cimport cython
from cpython.exc cimport PyErr_CheckSignals
from libc.math cimport INFINITY, exp2, log2
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcpy, memset

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define LM_FETCH(p) __builtin_prefetch((const void *)(p))
    #else
    #define LM_FETCH(p) ((void)(p))
    #endif
    #if defined(__SIZEOF_INT128__)
    static inline unsigned long long lm_times(
        unsigned long long a, unsigned long long b, unsigned long long *high) {
        unsigned __int128 product = (unsigned __int128) a * b;
        *high = (unsigned long long) (product >> 64);
        return (unsigned long long) product;
    }
    #else
    static __inline unsigned long long lm_times(
        unsigned long long a, unsigned long long b, unsigned long long *high) {
        unsigned long long a0 = a & 0xFFFFFFFF, a1 = a >> 32, b0 = b & 0xFFFFFFFF, b1 = b >> 32;
        unsigned long long low = a0 * b0, one = a1 * b0 + (low >> 32);
        unsigned long long two = a0 * b1 + (one & 0xFFFFFFFF);
        *high = a1 * b1 + (one >> 32) + (two >> 32);
        return two << 32 | (low & 0xFFFFFFFF);
    }
    #endif
    """
    void LM_FETCH(void* place) nogil
    unsigned long long lm_times(
        unsigned long long a, unsigned long long b, unsigned long long* high
    ) nogil

ctypedef unsigned long long bits
ctypedef unsigned short small

cdef enum:
    FREE = 255
    DONE = 254
    HEAD = 64
    WORDS = 4
    BATCH = 64
    SUM = 0
    SUM_OF_POWERS = 1
    LARGEST = 2

#: The most variables that may be open at once.
MOST_SLOTS = 8 * WORDS
#: The most memory for the values of one layer, or of all where shares are asked for.
cdef long long MOST_BYTES = 3 << 30


cdef struct State:
    bits word[4]


cdef struct Move:
    State state
    bits hash
    int source
    int way


# -- whole numbers of W words ------------------------------------------------------------------


cdef struct Term:
    bits factor     # below 2^62
    int words       # the shift in words and bits
    int shift
    bint minus


cdef class Weights:
    """What every way of a DAG is worth, as terms."""

    cdef Term* term
    cdef int* first         # where the terms of each way begin
    cdef bits* single       # the worth modulo 2^64
    cdef bint plain         # whether one word is enough, and ``single`` all there is to it

    def __cinit__(self, list worth, int words):
        cdef int k = 0, i
        cdef list terms = []
        self.plain = words == 1
        self.first = <int*> malloc((len(worth) + 1) * sizeof(int))
        self.single = <bits*> malloc((len(worth) + 1) * sizeof(bits))
        if not self.first or not self.single:
            raise MemoryError
        for i, number in enumerate(worth):
            self.first[i] = len(terms)
            self.single[i] = <bits> (number & 0xFFFFFFFFFFFFFFFF)
            if self.plain:
                continue
            minus = number < 0
            number = -number if minus else number
            shift = 0
            while number:
                low = (number & -number).bit_length() - 1
                number >>= low
                shift += low
                if shift >= 64 * words:
                    break
                terms.append((number & 0x3FFFFFFFFFFFFFFF, shift >> 6, shift & 63, minus))
                number >>= 62
                shift += 62
        self.first[len(worth)] = len(terms)
        self.term = <Term*> malloc((len(terms) + 1) * sizeof(Term))
        if not self.term:
            raise MemoryError
        for factor, places, shift, minus in terms:
            self.term[k].factor = factor
            self.term[k].words = places
            self.term[k].shift = shift
            self.term[k].minus = minus
            k += 1

    def __dealloc__(self):
        free(self.first)
        free(self.single)
        free(self.term)


cdef inline void _add_term(bits* to, bits* value, Term* term, int words) noexcept nogil:
    """Add value · factor · 2^shift, or take it away, modulo 2^(64·words)."""
    _add_moved(to, words, value, words, term.words, term)


cdef void _add_moved(
    bits* to, int room, bits* value, int words, int start, Term* term
) noexcept nogil:
    """The same where both have windows of words of their own.

    ``start`` is where the window of the value, moved by whole words, begins in that of ``to``,
    which has ``room`` words; what would come before the window is zero. Above its window a value
    has but its sign. To take away is to add the complement and one.
    """
    cdef int j, shift = term.shift, end
    cdef bits flip = <bits> -1 if term.minus else 0
    cdef bits fill = <bits> -1 if value[words - 1] >> 63 else 0
    cdef bits carry = flip & 1, before = 0, product = 0, more, low, sum_, factor = term.factor
    to += start
    room -= start
    end = min(words, room)
    if factor == 1 and start >= 0:
        for j in range(end):
            low = value[j]
            more = (low << shift | before >> 1 >> (63 - shift)) ^ flip
            before = low
            sum_ = to[j] + more
            more = sum_ < more
            sum_ += carry
            carry = more + (sum_ < carry)
            to[j] = sum_
        for j in range(end, room):
            more = (fill << shift | before >> 1 >> (63 - shift)) ^ flip
            before = fill
            if more + carry == 0 and more == fill ^ flip:
                return
            sum_ = to[j] + more
            more = sum_ < more
            sum_ += carry
            carry = more + (sum_ < carry)
            to[j] = sum_
        return
    for j in range(room):
        low = lm_times(value[j] if j < words else fill, factor, &more)
        low += product
        product = more + (low < product)
        more = (low << shift | before >> 1 >> (63 - shift)) ^ flip
        before = low
        if start + j < 0:
            continue
        sum_ = to[j] + more
        more = sum_ < more
        sum_ += carry
        carry = more + (sum_ < carry)
        to[j] = sum_


cdef inline void _add_product(bits* to, bits* a, bits* b, int words) noexcept nogil:
    """Add a · b modulo 2^(64·words)."""
    cdef int i, j
    cdef bits carry, low, high
    for i in range(words):
        if not a[i]:
            continue
        carry = 0
        for j in range(words - i):
            low = lm_times(a[i], b[j], &high)
            low += carry
            high += low < carry
            to[i + j] += low
            carry = high + (to[i + j] < low)


cdef class Values:
    """A row of whole numbers of so many words each, all 0 at first."""

    cdef bits* place
    cdef int words

    def __cinit__(self, Py_ssize_t count, int words):
        self.words = words
        if count * words > MOST_BYTES // 8:
            raise MemoryError(f"{count:,} values of {words} words at once")
        self.place = <bits*> calloc(count * words + 1, sizeof(bits))
        if not self.place:
            raise MemoryError

    def __dealloc__(self):
        free(self.place)

    cdef inline bits* at(self, Py_ssize_t k) noexcept nogil:
        return self.place + k * self.words

    cdef object number(self, Py_ssize_t k):
        """One of them, as a signed whole number."""
        cdef bits* value = self.at(k)
        if self.words == 1:
            return <long long> value[0]
        return int.from_bytes((<char*> value)[: 8 * self.words], "little", signed=True)


cdef class Windows:
    """A row of whole numbers, each with a window of words of its own; at first they are all 0.

    ``least`` and ``most`` say from which bit to which each can reach; then ``set_up`` gives it
    ``room`` words from word ``at`` on, kept from ``begin`` on. A number that no way leads to has
    no room.
    """

    cdef Py_ssize_t count
    cdef double* least
    cdef double* most
    cdef int* at
    cdef int* room
    cdef Py_ssize_t* begin
    cdef bits* place

    def __cinit__(self, Py_ssize_t count):
        cdef Py_ssize_t k
        self.count = count
        self.least = <double*> malloc(count * sizeof(double))
        self.most = <double*> malloc(count * sizeof(double))
        self.at = <int*> malloc(count * sizeof(int))
        self.room = <int*> malloc(count * sizeof(int))
        self.begin = <Py_ssize_t*> malloc(count * sizeof(Py_ssize_t))
        if not (self.least and self.most and self.at and self.room and self.begin):
            raise MemoryError
        for k in range(count):
            self.least[k] = INFINITY
            self.most[k] = -INFINITY

    def __dealloc__(self):
        free(self.least)
        free(self.most)
        free(self.at)
        free(self.room)
        free(self.begin)
        free(self.place)

    cdef void set_up(self, int words, double more) except *:
        """Make room, with so many bits more than products can have, as sums are larger.

        A state that leads on to a loop has no more ways to it than there are loops; for others
        it does not matter what is lost.
        """
        cdef Py_ssize_t k, at = 0
        for k in range(self.count):
            self.begin[k] = at
            self.at[k] = self.room[k] = 0
            if self.most[k] >= 0 and self.least[k] < 64.0 * words:
                self.at[k] = <int> (self.least[k] / 64)
                self.room[k] = min(<int> ((self.most[k] + more) / 64) + 1, words) - self.at[k]
                at += self.room[k]
        if at > MOST_BYTES // 8:
            raise MemoryError(f"{self.count:,} values of {at:,} words at once")
        self.place = <bits*> calloc(at + 1, sizeof(bits))
        if not self.place:
            raise MemoryError


# -- states -----------------------------------------------------------------------------------


cdef inline bint _joined(unsigned char* codes, int a, int b) noexcept nogil:
    """Join a way from slot ``a`` to slot ``b``; false, and nothing done, if it closes a loop."""
    cdef int tail = a if codes[a] == FREE else codes[a] - HEAD
    cdef int head = b if codes[b] == FREE else codes[b]
    if tail == b:
        return False
    codes[a] = DONE
    codes[b] = DONE
    codes[tail] = head
    codes[head] = HEAD + tail
    return True


cdef inline bint _alone(unsigned char* codes, int width) noexcept nogil:
    """Whether there is but one fragment."""
    cdef int k, ends = 0
    for k in range(width):
        ends += codes[k] < DONE
    return ends == 2


cdef class Frontier:
    """The states of one layer after the other; what becomes of transitions is for subclasses."""

    cdef int width, words, steps
    cdef int* plan              # all steps, one after the other; see ``_flat``
    cdef int* step_at           # where each begins
    cdef int* way_at            # the number of its first way
    cdef readonly list ways     # (way in, way out) for every way, -1 for none
    cdef bits* now              # keys of the states, ``words`` each
    cdef bits* following
    cdef Py_ssize_t count, found, room
    cdef int* table
    cdef Py_ssize_t table_size, table_room
    cdef Move batch[64]
    cdef int batched
    cdef bint failed

    def __cinit__(self, list plans, int width, *rest):
        cdef list flat = []
        cdef int k = 0
        if width > 8 * WORDS:
            raise ValueError(f"{width} open variables, more than {8 * WORDS}")
        self.width = width
        self.words = max(1, (width + 7) // 8)
        self.steps = len(plans)
        self.ways = []
        self.step_at = <int*> malloc((self.steps + 1) * sizeof(int))
        self.way_at = <int*> malloc((self.steps + 1) * sizeof(int))
        if not self.step_at or not self.way_at:
            raise MemoryError
        for plan in plans:
            self.step_at[k] = len(flat)
            self.way_at[k] = len(self.ways)
            ins, outs = plan.ins, plan.outs
            flat += [plan.slot, len(ins), len(outs), len(plan.dry_in), len(plan.dry_out)]
            flat += [slot for slot, _ in ins]
            flat += [slot for slot, _ in outs]
            flat += plan.dry_in
            flat += plan.dry_out
            entering = [-1, *[pair for _, pair in ins]]
            leaving = [-1, *[pair for _, pair in outs]]
            self.ways += [(a, b) for a in entering for b in leaving]
            k += 1
        self.step_at[k] = len(flat)
        self.way_at[k] = len(self.ways)
        self.plan = <int*> malloc((len(flat) + 1) * sizeof(int))
        self.room = 256
        self.table_room = 1024
        self.now = <bits*> malloc(self.room * self.words * sizeof(bits))
        self.following = <bits*> malloc(self.room * self.words * sizeof(bits))
        self.table = <int*> malloc(self.table_room * sizeof(int))
        if not self.plan or not self.now or not self.following or not self.table:
            raise MemoryError
        for k in range(len(flat)):
            self.plan[k] = flat[k]
        memset(self.now, FREE, self.words * sizeof(bits))
        self.count = 1

    def __dealloc__(self):
        free(self.plan)
        free(self.step_at)
        free(self.way_at)
        free(self.now)
        free(self.following)
        free(self.table)

    cdef void _eliminate(self, int step) noexcept nogil:
        """All transitions of one step, the states they lead to in ``following``."""
        cdef int* plan = self.plan + self.step_at[step]
        cdef int v = plan[0], n_in = plan[1], n_out = plan[2]
        cdef int* ins = plan + 5
        cdef int* outs = ins + n_in
        cdef int* dry = outs + n_out
        cdef int dries = plan[3], n_dry = plan[3] + plan[4], k, code, a, base = n_out + 1
        cdef Py_ssize_t s
        cdef State state, entered
        cdef unsigned char* codes = <unsigned char*> &state
        memset(&state, FREE, sizeof(State))
        self._cleared(4 * self.count)
        self.found = self.batched = 0
        for s in range(self.count):
            memcpy(&state, self.now + s * self.words, self.words * sizeof(bits))
            code = codes[v]
            if code >= DONE:
                entered = state
                (<unsigned char*> &entered)[v] = FREE
                self._put(&entered, s, 0, dry, dries, n_dry)
            if code == DONE:
                continue
            if code >= HEAD and code < DONE:
                self._leave(&state, v, s, 0, outs, n_out, dry, dries, n_dry)
                continue
            for k in range(n_in):
                a = ins[k]
                if codes[a] != FREE and (codes[a] < HEAD or codes[a] >= DONE):
                    continue
                entered = state
                if not _joined(<unsigned char*> &entered, a, v):
                    if _alone(codes, self.width):
                        self._close(s, (k + 1) * base)
                elif code == FREE:
                    self._leave(&entered, v, s, (k + 1) * base, outs, n_out, dry, dries, n_dry)
                else:
                    (<unsigned char*> &entered)[v] = FREE
                    self._put(&entered, s, (k + 1) * base, dry, dries, n_dry)
            if self.failed:
                return
        self._flush()

    cdef inline void _leave(
        self, State* state, int v, Py_ssize_t source, int way, int* outs, int n_out,
        int* dry, int dries, int n_dry,
    ) noexcept nogil:
        """Every way on from a variable that is the head of a fragment."""
        cdef int k, b, code
        cdef State left
        for k in range(n_out):
            b = outs[k]
            code = (<unsigned char*> state)[b]
            if code != FREE and code >= HEAD:
                continue
            left = state[0]
            if _joined(<unsigned char*> &left, v, b):
                (<unsigned char*> &left)[v] = FREE
                self._put(&left, source, way + k + 1, dry, dries, n_dry)
            elif _alone(<unsigned char*> state, self.width):
                self._close(source, way + k + 1)

    cdef inline void _put(
        self, State* state, Py_ssize_t source, int way, int* dry, int dries, int n_dry
    ) noexcept nogil:
        """Note a transition to a state, unless it is dead."""
        cdef unsigned char* codes = <unsigned char*> state
        cdef int k, code
        cdef Move* move
        cdef bits h
        for k in range(n_dry):
            code = codes[dry[k]]
            if code == FREE:
                codes[dry[k]] = DONE
            elif k < dries:
                if code < HEAD:
                    return
            elif code >= HEAD and code < DONE:
                return
        h = state.word[0] * <bits> 0x9E3779B97F4A7C15
        for k in range(1, self.words):
            h = (h ^ (h >> 29) ^ state.word[k]) * <bits> 0xBF58476D1CE4E5B9
        h = (h ^ (h >> 32)) * <bits> 0x94D049BB133111EB
        h ^= h >> 31
        LM_FETCH(self.table + (h & <bits> (self.table_size - 1)))
        move = &self.batch[self.batched]
        move.state = state[0]
        move.hash = h
        move.source = <int> source
        move.way = way
        self.batched += 1
        if self.batched == BATCH:
            self._flush()

    cdef void _flush(self) noexcept nogil:
        """Find or number the states of the batch.

        Table slots were asked for when the moves came, keys are asked for here, so that the
        memory of many lookups is fetched at once instead of one after the other.
        """
        cdef int i, k
        cdef Move* move
        if 2 * (self.found + BATCH) > self.table_size and not self._rehashed():
            return
        if self.found + BATCH > self.room and not self._grown():
            return
        for i in range(self.batched):
            k = self.table[self.batch[i].hash & <bits> (self.table_size - 1)]
            if k >= 0:
                LM_FETCH(self.following + k * <Py_ssize_t> self.words)
                self._fetch(k)
        for i in range(self.batched):
            move = &self.batch[i]
            self._move(move.source, move.way, self._numbered(&move.state, move.hash))
        self.batched = 0

    cdef inline int _numbered(self, State* state, bits hash) noexcept nogil:
        cdef Py_ssize_t place = <Py_ssize_t> (hash & <bits> (self.table_size - 1))
        cdef int k, i
        cdef bits* key
        while True:
            k = self.table[place]
            if k < 0:
                k = <int> self.found
                memcpy(
                    self.following + k * <Py_ssize_t> self.words,
                    state, self.words * sizeof(bits),
                )
                self.table[place] = k
                self.found += 1
                self._new(k)
                return k
            key = self.following + k * <Py_ssize_t> self.words
            for i in range(self.words):
                if key[i] != state.word[i]:
                    break
            else:
                return k
            place = (place + 1) & (self.table_size - 1)

    cdef void _swapped(self) noexcept nogil:
        """Make the states found those to go on from."""
        cdef bits* swap = self.now
        self.now = self.following
        self.following = swap
        self.count = self.found

    cdef void _cleared(self, Py_ssize_t size) noexcept nogil:
        """An empty table of about this size."""
        self.table_size = 1024
        while self.table_size < size and 2 * self.table_size <= self.table_room:
            self.table_size *= 2
        memset(self.table, 255, self.table_size * sizeof(int))

    cdef bint _rehashed(self) noexcept nogil:
        cdef Py_ssize_t k, place
        cdef bits h
        cdef int i
        cdef bits* key
        cdef void* more
        if 4 * self.table_size > self.table_room:
            more = realloc(self.table, 4 * self.table_size * sizeof(int))
            if not more:
                self.failed = True
                return False
            self.table = <int*> more
            self.table_room = 4 * self.table_size
        self.table_size *= 4
        memset(self.table, 255, self.table_size * sizeof(int))
        for k in range(self.found):
            key = self.following + k * self.words
            h = key[0] * <bits> 0x9E3779B97F4A7C15
            for i in range(1, self.words):
                h = (h ^ (h >> 29) ^ key[i]) * <bits> 0xBF58476D1CE4E5B9
            h = (h ^ (h >> 32)) * <bits> 0x94D049BB133111EB
            h ^= h >> 31
            place = <Py_ssize_t> (h & <bits> (self.table_size - 1))
            while self.table[place] >= 0:
                place = (place + 1) & (self.table_size - 1)
            self.table[place] = <int> k
        return True

    cdef bint _grown(self) noexcept nogil:
        cdef Py_ssize_t room = self.room + self.room // 2 + BATCH
        cdef void* more = realloc(self.following, room * self.words * sizeof(bits))
        if more:
            self.following = <bits*> more
            more = realloc(self.now, room * self.words * sizeof(bits))
        if not more:
            self.failed = True
            return False
        self.now = <bits*> more
        self.room = room
        return self._more_values()

    # what subclasses do with it

    cdef bint _more_values(self) noexcept nogil:
        return True

    cdef void _fetch(self, int state) noexcept nogil:
        pass

    cdef void _new(self, int state) noexcept nogil:
        pass

    cdef void _move(self, int source, int way, int target) noexcept nogil:
        pass

    cdef void _close(self, Py_ssize_t source, int way) noexcept nogil:
        pass


cdef Py_ssize_t _first(int* row, Py_ssize_t low, Py_ssize_t high, int number) noexcept nogil:
    """The first place between low and high in a rising row that is not below the number."""
    cdef Py_ssize_t middle
    while low < high:
        middle = (low + high) // 2
        if row[middle] < number:
            low = middle + 1
        else:
            high = middle
    return low


cdef bint _enlarged(void** row, Py_ssize_t size) noexcept nogil:
    cdef void* more = realloc(row[0], size)
    if more:
        row[0] = more
    return more != NULL


# -- the DAG, kept ----------------------------------------------------------------------------


cdef class CompiledDag(Frontier):
    """All loops of a core as paths through layers of states; see :class:`LoopDag`.

    Raises
    ------
    OverflowError
        If there are more than ``most`` transitions.
    """

    cdef Py_ssize_t moves, moves_room, shut, shut_room, most, widest
    cdef readonly Py_ssize_t states
    cdef int* sources
    cdef int* targets
    cdef small* way
    cdef int* closing
    cdef small* closing_way
    cdef Py_ssize_t* moves_at       # where the transitions of each step begin
    cdef Py_ssize_t* shut_at
    cdef Py_ssize_t* sizes          # states before each step, and after the last
    cdef Py_ssize_t* layer_at       # where those states begin among all
    cdef double _bits_of_loops

    def __init__(self, list plans, int width, Py_ssize_t most=1 << 40):
        cdef int step
        self.most = most
        self.moves_room = 1024
        self.shut_room = 256
        self.sources = <int*> malloc(self.moves_room * sizeof(int))
        self.targets = <int*> malloc(self.moves_room * sizeof(int))
        self.way = <small*> malloc(self.moves_room * sizeof(small))
        self.closing = <int*> malloc(self.shut_room * sizeof(int))
        self.closing_way = <small*> malloc(self.shut_room * sizeof(small))
        self.moves_at = <Py_ssize_t*> calloc(self.steps + 1, sizeof(Py_ssize_t))
        self.shut_at = <Py_ssize_t*> calloc(self.steps + 1, sizeof(Py_ssize_t))
        self.sizes = <Py_ssize_t*> calloc(self.steps + 1, sizeof(Py_ssize_t))
        self.layer_at = <Py_ssize_t*> calloc(self.steps + 1, sizeof(Py_ssize_t))
        if not (
            self.sources and self.targets and self.way and self.closing and self.closing_way
            and self.moves_at and self.shut_at and self.sizes and self.layer_at
        ):
            raise MemoryError
        self.sizes[0] = self.widest = self.states = 1
        for step in range(self.steps):
            if self.way_at[step + 1] - self.way_at[step] > 65535:
                raise ValueError("too many ways through one variable")
            PyErr_CheckSignals()
            with nogil:
                self._eliminate(step)
                self._swapped()
            if self.moves > self.most:
                raise OverflowError(f"more than {most:,} transitions")
            if self.failed:
                raise MemoryError
            self.moves_at[step + 1] = self.moves
            self.shut_at[step + 1] = self.shut
            self.sizes[step + 1] = self.count
            self.layer_at[step + 1] = self.states
            self.widest = max(self.widest, self.count)
            self.states += self.count
        free(self.now)
        free(self.following)
        free(self.table)
        self.now = self.following = NULL
        self.table = NULL
        self._bits_of_loops = -1.0

    def __dealloc__(self):
        free(self.sources)
        free(self.targets)
        free(self.way)
        free(self.closing)
        free(self.closing_way)
        free(self.moves_at)
        free(self.shut_at)
        free(self.sizes)
        free(self.layer_at)

    cdef void _move(self, int source, int way, int target) noexcept nogil:
        cdef Py_ssize_t room
        if self.moves == self.moves_room:
            room = 2 * self.moves_room
            if self.moves > self.most or not (
                _enlarged(<void**> &self.sources, room * sizeof(int))
                and _enlarged(<void**> &self.targets, room * sizeof(int))
                and _enlarged(<void**> &self.way, room * sizeof(small))
            ):
                self.failed = True
                return
            self.moves_room = room
        self.sources[self.moves] = source
        self.targets[self.moves] = target
        self.way[self.moves] = <small> way
        self.moves += 1

    cdef void _close(self, Py_ssize_t source, int way) noexcept nogil:
        cdef Py_ssize_t room
        if self.shut == self.shut_room:
            room = 2 * self.shut_room
            if not (
                _enlarged(<void**> &self.closing, room * sizeof(int))
                and _enlarged(<void**> &self.closing_way, room * sizeof(small))
            ):
                self.failed = True
                return
            self.shut_room = room
        self.closing[self.shut] = <int> source
        self.closing_way[self.shut] = <small> way
        self.shut += 1

    # -- answers

    def total(self, weight):
        """The sum over all loops of the product of their pairs' weights."""
        worth = self._worth(weight)
        words = self._words_for(worth)
        if words > 4:
            return self._windowed(worth, words)
        return self._sum(Weights(worth, words), words)

    def packed(self, weight, int digit):
        """The total for weights packed by length, and packed so itself."""
        return self.total(weight)

    def totals(self, weights):
        """The total for each of several weights."""
        return [self.total(weight) for weight in weights]

    @cython.wraparound(True)
    def shares(self, weight):
        """The total, and its derivative for the weight of every pair."""
        worth = self._worth(weight)
        cdef int words = self._words_for(worth)
        cdef Values flow = Values(len(worth), words)
        total = self._flows(Weights(worth, words), words, flow)
        slope = [0] * len(weight)
        for way, (a, b) in enumerate(self.ways):
            number = flow.number(way)
            if number:
                slope[a] += number * weight[b]
                slope[b] += number * weight[a]
        return total, slope[:-1]  # the last entry is that of "no way", number -1

    def sampler(self, weight):
        """What draws one loop in proportion to its product of weights, as numbers of pairs."""
        from loopmap.loops.counting.weighted_choice import pick

        worth = self._worth(weight)
        after = self._after(worth)

        def draw(below):
            state, taken = 0, []
            for step in range(self.steps):
                options = self._options(step, state, worth, after)
                state, way = pick(options, sum(size for size, _ in options), below)
                taken += [pair for pair in self.ways[way] if pair >= 0]
                if state < 0:
                    break
            return taken

        return draw

    cdef list _options(self, Py_ssize_t step, int state, list worth, Values after):
        """What can follow a state: (sum over the loops to come, (next state or -1, way))."""
        cdef Py_ssize_t k = _first(self.closing, self.shut_at[step], self.shut_at[step + 1], state)
        found = []
        while k < self.shut_at[step + 1] and self.closing[k] == state:
            way = self.way_at[step] + self.closing_way[k]
            found.append((worth[way], (-1, way)))
            k += 1
        k = _first(self.sources, self.moves_at[step], self.moves_at[step + 1], state)
        while k < self.moves_at[step + 1] and self.sources[k] == state:
            way = self.way_at[step] + self.way[k]
            target = self.targets[k]
            size = worth[way] * after.number(self.layer_at[step + 1] + target)
            if size:
                found.append((size, (target, way)))
            k += 1
        return found

    # -- passes

    cdef list _worth(self, weight):
        return [weight[a] * weight[b] for a, b in self.ways]

    cdef Values _after(self, list worth):
        """For every state the sum over the ways to finish a loop from it."""
        cdef int words = self._words_for(worth)
        cdef Values after = Values(self.states, words)
        cdef Weights weights = Weights(worth, words)
        cdef Py_ssize_t step
        with nogil:
            for step in range(self.steps - 1, -1, -1):
                self._back(
                    step, weights, words, NULL, after.at(self.layer_at[step]),
                    after.at(self.layer_at[step + 1]), NULL,
                )
        return after

    cdef object _sum(self, Weights weights, int words):
        cdef Values values = Values(2 * self.widest, words)
        cdef Values total = Values(1, words)
        cdef Py_ssize_t step
        values.at(0)[0] = 1
        with nogil:
            for step in range(self.steps):
                self._ahead(
                    step, weights, words, total.at(0), values.at((step & 1) * self.widest),
                    values.at((1 - (step & 1)) * self.widest),
                )
        return total.number(0)

    cdef object _windowed(self, list worth, int words):
        """The total of long numbers: of every value only the words that can be other than zero.

        Polynomials packed by length have few lengths at any one state. Values are signed; what
        is above the words of a window is their sign.
        """
        cdef Weights weights = Weights(worth, words)
        cdef Values total = Values(1, words)
        cdef Windows now = Windows(1)
        cdef Windows then
        cdef Py_ssize_t step, k
        cdef double* lengths = <double*> malloc((2 * <Py_ssize_t> len(worth) + 1) * sizeof(double))
        cdef double* zeros = lengths + len(worth)
        if not lengths:
            raise MemoryError
        try:
            for k in range(len(worth)):
                number = worth[k]
                lengths[k] = number.bit_length() if number else -INFINITY
                zeros[k] = (number & -number).bit_length() - 1 if number else INFINITY
            now.least[0] = now.most[0] = 0.0
            now.set_up(words, 3.0)
            now.place[0] = 1
            for step in range(self.steps):
                PyErr_CheckSignals()
                then = Windows(self.sizes[step + 1])
                with nogil:
                    self._spans(step, now, then, lengths, zeros)
                then.set_up(words, self._bits_of_loops + 3.0)
                with nogil:
                    self._ahead_in_windows(step, weights, total, now, then)
                now = then
        finally:
            free(lengths)
        return total.number(0)

    cdef void _spans(
        self, Py_ssize_t step, Windows now, Windows then, double* lengths, double* zeros
    ) noexcept nogil:
        """From which bit to which the products of the ways to every state can reach."""
        cdef Py_ssize_t k
        cdef int w, s, t
        for k in range(self.moves_at[step], self.moves_at[step + 1]):
            w = self.way_at[step] + self.way[k]
            s, t = self.sources[k], self.targets[k]
            then.least[t] = min(then.least[t], now.least[s] + zeros[w])
            then.most[t] = max(then.most[t], now.most[s] + lengths[w])

    cdef void _ahead_in_windows(
        self, Py_ssize_t step, Weights weights, Values total, Windows now, Windows then
    ) noexcept nogil:
        cdef Py_ssize_t k
        cdef int w, i, s, t
        cdef Term* term
        cdef int* first = weights.first + self.way_at[step]
        for k in range(self.shut_at[step], self.shut_at[step + 1]):
            w, s = self.closing_way[k], self.closing[k]
            if now.room[s]:
                for i in range(first[w], first[w + 1]):
                    term = weights.term + i
                    _add_moved(
                        total.place, total.words, now.place + now.begin[s], now.room[s],
                        now.at[s] + term.words, term,
                    )
        for k in range(self.moves_at[step], self.moves_at[step + 1]):
            w, s, t = self.way[k], self.sources[k], self.targets[k]
            if now.room[s]:
                for i in range(first[w], first[w + 1]):
                    term = weights.term + i
                    _add_moved(
                        then.place + then.begin[t], then.room[t],
                        now.place + now.begin[s], now.room[s],
                        now.at[s] + term.words - then.at[t], term,
                    )

    cdef object _flows(self, Weights weights, int words, Values flow):
        """The total; and into ``flow`` for every way the sum of what the others are worth."""
        cdef Values before = Values(self.states, words)
        cdef Values later = Values(2 * self.widest, words)
        cdef Values total = Values(1, words)
        cdef Py_ssize_t step
        before.at(0)[0] = 1
        with nogil:
            for step in range(self.steps):
                self._ahead(
                    step, weights, words, total.at(0), before.at(self.layer_at[step]),
                    before.at(self.layer_at[step + 1]),
                )
            for step in range(self.steps - 1, -1, -1):
                self._back(
                    step, weights, words, before.at(self.layer_at[step]),
                    later.at((step & 1) * self.widest),
                    later.at((1 - (step & 1)) * self.widest), flow.at(self.way_at[step]),
                )
        return total.number(0)

    cdef void _ahead(
        self, Py_ssize_t step, Weights weights, int words, bits* total, bits* now, bits* then
    ) noexcept nogil:
        """The sums over the ways to every state after a step from those before it."""
        cdef Py_ssize_t k
        cdef int w, i
        cdef bits* single = weights.single + self.way_at[step]
        cdef int* first = weights.first + self.way_at[step]
        if weights.plain:
            for k in range(self.shut_at[step], self.shut_at[step + 1]):
                total[0] += now[self.closing[k]] * single[self.closing_way[k]]
            memset(then, 0, self.sizes[step + 1] * sizeof(bits))
            for k in range(self.moves_at[step], self.moves_at[step + 1]):
                then[self.targets[k]] += now[self.sources[k]] * single[self.way[k]]
            return
        for k in range(self.shut_at[step], self.shut_at[step + 1]):
            w = self.closing_way[k]
            for i in range(first[w], first[w + 1]):
                _add_term(total, now + self.closing[k] * <Py_ssize_t> words, weights.term + i, words)
        memset(then, 0, self.sizes[step + 1] * words * sizeof(bits))
        for k in range(self.moves_at[step], self.moves_at[step + 1]):
            w = self.way[k]
            for i in range(first[w], first[w + 1]):
                _add_term(
                    then + self.targets[k] * <Py_ssize_t> words,
                    now + self.sources[k] * <Py_ssize_t> words, weights.term + i, words,
                )

    cdef void _back(
        self, Py_ssize_t step, Weights weights, int words,
        bits* before, bits* now, bits* then, bits* flow,
    ) noexcept nogil:
        """The sums over the ways to finish from every state before a step; and what flows.

        ``then`` are those after the step; of the last step they are all nothing.
        """
        cdef Py_ssize_t k
        cdef int w, i
        cdef bits* target
        cdef bits* source
        cdef bits* single = weights.single + self.way_at[step]
        cdef int* first = weights.first + self.way_at[step]
        memset(now, 0, self.sizes[step] * words * sizeof(bits))
        if weights.plain:
            for k in range(self.shut_at[step], self.shut_at[step + 1]):
                w = self.closing_way[k]
                now[self.closing[k]] += single[w]
                if flow:
                    flow[w] += before[self.closing[k]]
            for k in range(self.moves_at[step], self.moves_at[step + 1]):
                w = self.way[k]
                now[self.sources[k]] += then[self.targets[k]] * single[w]
                if flow:
                    flow[w] += before[self.sources[k]] * then[self.targets[k]]
            return
        for k in range(self.shut_at[step], self.shut_at[step + 1]):
            w = self.closing_way[k]
            source = now + self.closing[k] * <Py_ssize_t> words
            for i in range(first[w], first[w + 1]):
                _add_one(source, weights.term + i, words)
            if flow:
                source = before + self.closing[k] * <Py_ssize_t> words
                _add_words(flow + w * words, source, words)
        for k in range(self.moves_at[step], self.moves_at[step + 1]):
            w = self.way[k]
            target = then + self.targets[k] * <Py_ssize_t> words
            source = now + self.sources[k] * <Py_ssize_t> words
            for i in range(first[w], first[w + 1]):
                _add_term(source, target, weights.term + i, words)
            if flow:
                source = before + self.sources[k] * <Py_ssize_t> words
                _add_product(flow + w * words, source, target, words)

    # -- how many words

    cdef int _words_for(self, list worth):
        """How many words hold every sum of products, and every derivative, and a sign."""
        return <int> (self._bits_for(worth) / 64) + 1

    cdef double _bits_for(self, list worth):
        """No less than the bits of any sum of products or derivative, and of their signs.

        That is the sum of sizes in floating point (a zero counts as 1, as derivatives leave it
        out). Where that has no end: how many loops there are times the largest product.
        """
        cdef double bound
        if self._bits_of_loops < 0:
            bound = self._floating([1.0] * len(worth), SUM)
            if bound < 1e300:
                self._bits_of_loops = log2(bound + 1.0)
            else:
                self._bits_of_loops = self._floating([0.0] * len(worth), SUM_OF_POWERS)
        lengths = [(x or 1).bit_length() for x in worth]
        longest = max(lengths, default=1)
        if longest == 1:
            return self._bits_of_loops + 2.01
        if longest < 500:
            bound = self._floating([abs(float(x)) or 1.0 for x in worth], SUM)
            if bound < 1e300:
                return log2(bound + 1.0) + 2.01
        return self._bits_of_loops + self._floating([float(x) for x in lengths], LARGEST) + 2.01

    cdef double _floating(self, list worth, int how):
        """The total in floating point; or its power of 2; or the largest sum along one loop."""
        cdef double* values = <double*> malloc(
            (2 * self.widest + <Py_ssize_t> len(worth)) * sizeof(double)
        )
        cdef double* single = values + 2 * self.widest
        cdef double* now
        cdef double* then
        cdef double total = 0.0 if how == SUM else -INFINITY
        cdef Py_ssize_t step, k
        if not values:
            raise MemoryError
        for k in range(len(worth)):
            single[k] = worth[k]
        values[0] = 1.0 if how == SUM else 0.0
        with nogil:
            for step in range(self.steps):
                now = values + (step & 1) * self.widest
                then = values + (1 - (step & 1)) * self.widest
                single = values + 2 * self.widest + self.way_at[step]
                for k in range(self.sizes[step + 1]):
                    then[k] = 0.0 if how == SUM else -INFINITY
                for k in range(self.shut_at[step], self.shut_at[step + 1]):
                    _gather(&total, now[self.closing[k]], single[self.closing_way[k]], how)
                for k in range(self.moves_at[step], self.moves_at[step + 1]):
                    _gather(
                        then + self.targets[k], now[self.sources[k]], single[self.way[k]], how
                    )
        free(values)
        return max(total, 0.0)


cdef inline void _gather(double* to, double value, double worth, int how) noexcept nogil:
    cdef double high, low
    if how == SUM:
        to[0] += value * worth
    elif how == LARGEST:
        to[0] = max(to[0], value + worth)
    else:
        high, low = max(to[0], value + worth), min(to[0], value + worth)
        to[0] = high if low == -INFINITY else high + log2(1.0 + exp2(low - high))


cdef inline void _add_words(bits* to, bits* value, int words) noexcept nogil:
    cdef Term one
    one.factor = 1
    one.words = one.shift = 0
    one.minus = False
    _add_term(to, value, &one, words)


cdef inline void _add_one(bits* to, Term* term, int words) noexcept nogil:
    """Add factor · 2^shift, or take it away."""
    cdef bits low = term.factor << term.shift
    cdef bits high = term.factor >> (64 - term.shift) if term.shift else 0
    cdef bits carry = low, was
    cdef int i
    for i in range(term.words, words):
        was = to[i]
        if term.minus:
            to[i] = was - carry
            carry = was < carry
        else:
            to[i] = was + carry
            carry = to[i] < was
        if i == term.words:
            carry += high  # below 2^62, so this does not overflow
        elif not carry:
            break


# -- the DAG, passed through ------------------------------------------------------------------


cdef class Streamed(Frontier):
    """Totals for several weights at once, with no more than two layers of states in memory.

    The first weights are not negative and none of the others is larger in size: then no sum of
    the others is larger either. Values have one word until the first sum outgrows 62 bits; then
    the step is taken again with one word more.
    """

    cdef int channels, value_words
    cdef bits* size             # of each way in each channel, without its sign
    cdef unsigned char* minus
    cdef bits* values           # of the states to go on from, one channel after the other
    cdef bits* sums             # of the states found
    cdef bits* totals
    cdef bits* totals_before
    cdef int base
    cdef bint outgrown
    cdef readonly list sizes    # how many states every layer had

    def __init__(self, list plans, int width, list weights):
        cdef int c, k
        self.channels = len(weights)
        self.value_words = 1
        self.size = <bits*> calloc(self.channels * len(self.ways) + 1, sizeof(bits))
        self.minus = <unsigned char*> calloc(self.channels * len(self.ways) + 1, 1)
        if not self.size or not self.minus:
            raise MemoryError
        for k, (a, b) in enumerate(self.ways):
            for c in range(self.channels):
                worth = weights[c][a] * weights[c][b]
                if abs(worth) >> 62:
                    raise OverflowError("a weight of more than 62 bits")
                self.size[k * self.channels + c] = abs(worth)
                self.minus[k * self.channels + c] = worth < 0
        self.sizes = []
        self._room_for_values()

    def __dealloc__(self):
        free(self.size)
        free(self.minus)
        free(self.values)
        free(self.sums)
        free(self.totals)
        free(self.totals_before)

    def run(self, Py_ssize_t most):
        """The totals, or :class:`OverflowError` if a layer has more than ``most`` states."""
        cdef int step, c
        cdef bits* swap
        for c in range(self.channels):
            self.values[c * self.value_words] = 1
        for step in range(self.steps):
            while True:
                PyErr_CheckSignals()
                self.outgrown = False
                self.base = self.way_at[step]
                memcpy(self.totals_before, self.totals, self._bytes(1))
                with nogil:
                    self._eliminate(step)
                if self.failed:
                    raise MemoryError
                if not self.outgrown:
                    break
                memcpy(self.totals, self.totals_before, self._bytes(1))
                self._widen()
            swap = self.values
            self.values = self.sums
            self.sums = swap
            self._swapped()
            self.sizes.append(self.count)
            if self.count > most:
                raise OverflowError(f"more than {most:,} states at once")
        return [self._number(self.totals + c * self.value_words) for c in range(self.channels)]

    cdef object _number(self, bits* value):
        return int.from_bytes((<char*> value)[: 8 * self.value_words], "little", signed=True)

    cdef Py_ssize_t _bytes(self, Py_ssize_t states):
        return states * self.channels * self.value_words * sizeof(bits)

    cdef void _room_for_values(self) except *:
        if not (
            _enlarged(<void**> &self.values, self._bytes(self.room))
            and _enlarged(<void**> &self.sums, self._bytes(self.room))
            and _enlarged(<void**> &self.totals_before, self._bytes(1))
        ):
            raise MemoryError
        if self.totals == NULL:
            self.totals = <bits*> calloc(self._bytes(1), 1)
            if self.totals == NULL:
                raise MemoryError

    cdef void _widen(self) except *:
        """Give every value a word more, with its sign."""
        cdef int old = self.value_words
        self.value_words += 1
        self._room_for_values()
        if not _enlarged(<void**> &self.totals, self._bytes(1)):
            raise MemoryError
        self._spread(self.values, self.count * self.channels, old)
        self._spread(self.totals, self.channels, old)

    cdef void _spread(self, bits* row, Py_ssize_t count, int old) noexcept nogil:
        cdef Py_ssize_t k
        cdef int i
        for k in range(count - 1, -1, -1):
            row[k * (old + 1) + old] = <bits> -1 if row[k * old + old - 1] >> 63 else 0
            for i in range(old - 1, -1, -1):
                row[k * (old + 1) + i] = row[k * old + i]

    cdef bint _more_values(self) noexcept nogil:
        cdef Py_ssize_t size = self.room * self.channels * self.value_words * sizeof(bits)
        if _enlarged(<void**> &self.values, size) and _enlarged(<void**> &self.sums, size):
            return True
        self.failed = True
        return False

    cdef void _fetch(self, int state) noexcept nogil:
        LM_FETCH(self.sums + state * <Py_ssize_t> (self.channels * self.value_words))

    cdef void _new(self, int state) noexcept nogil:
        cdef int width = self.channels * self.value_words
        memset(self.sums + state * <Py_ssize_t> width, 0, width * sizeof(bits))

    cdef void _move(self, int source, int way, int target) noexcept nogil:
        self._gather(self.sums + target * <Py_ssize_t> (self.channels * self.value_words), source, way)

    cdef void _close(self, Py_ssize_t source, int way) noexcept nogil:
        self._gather(self.totals, source, way)

    cdef inline void _gather(self, bits* to, Py_ssize_t source, int way) noexcept nogil:
        cdef int words = self.value_words, c, i
        cdef bits* value = self.values + source * (self.channels * words)
        cdef Py_ssize_t place = (self.base + way) * <Py_ssize_t> self.channels
        cdef bits low, high, carry, factor
        cdef bint minus
        for c in range(self.channels):
            factor = self.size[place + c]
            minus = self.minus[place + c]
            if words == 1:
                low = value[0] if factor == 1 else lm_times(value[0], factor, &high)
                if c == 0:
                    if factor != 1 and high:
                        self.outgrown = True
                    to[0] += low
                    if (low | to[0]) >> 62:
                        self.outgrown = True
                elif minus:
                    to[0] -= low
                else:
                    to[0] += low
            elif factor:
                carry = 0
                high = 0
                for i in range(words):
                    low = lm_times(value[i], factor, &high)
                    low += carry
                    carry = high + (low < carry)
                    if minus:
                        carry += to[i] < low
                        to[i] -= low
                    else:
                        to[i] += low
                        carry += to[i] < low
                if c == 0 and (carry or to[words - 1] >> 62):
                    self.outgrown = True
            value += words
            to += words


def streamed_totals(list plans, int width, list weights, Py_ssize_t most):
    """The total for each of several weights, without keeping the DAG; see :class:`Streamed`."""
    return Streamed(plans, width, weights).run(most)
