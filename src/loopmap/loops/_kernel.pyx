# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled counterpart of ``loops_at_root`` for cores of up to 64 variables.

The same search as in listing.py: at every variable only those that can still be passed on the
way home are kept, so that every step leads to a loop. State lives in arrays, so a call fills one
chunk and returns, and the next call goes on from there.
"""

from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy

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
