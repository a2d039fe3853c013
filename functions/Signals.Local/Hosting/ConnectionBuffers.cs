using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Signals.Local.Hosting;

/// <summary>
/// The buffers of the server's connections, four times as large as its own: a body comes in a quarter of the reads, each of which is a call
/// of the system and, where it has to wait, a turn of a thread. A connection that sends nothing has none.
/// </summary>
internal sealed class ConnectionBuffers : IMemoryPoolFactory<byte>
{
    private const int BlockBytes = 16 * 1024;

    /// <summary>So many of a pool are kept for others, 8 MiB; what more a rush takes is the collector's afterwards.</summary>
    private const int MostKept = 512;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentQueue<byte[]> _kept = new();
        private int _count;

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            if (!_kept.TryDequeue(out byte[]? array))
                return new Block(this, GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true));
            Interlocked.Decrement(ref _count);
            return new Block(this, array);
        }

        protected override void Dispose(bool disposing) => _kept.Clear();

        private void Return(byte[] array)
        {
            if (Interlocked.Increment(ref _count) <= MostKept)
                _kept.Enqueue(array);
            else
                Interlocked.Decrement(ref _count);
        }

        private sealed class Block(Pool pool, byte[] array) : IMemoryOwner<byte>
        {
            private byte[]? _array = array;

            public Memory<byte> Memory => _array;

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _array, null) is { } array)
                    pool.Return(array);
            }
        }
    }
}
