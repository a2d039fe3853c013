namespace Signals.Local.Import;

/// <summary>
/// A stream whose beginning was read already, to see what it is: hands that out first. Closes the stream with itself, and then what is
/// around it.
/// </summary>
internal sealed class StartedStream(ReadOnlyMemory<byte> start, Stream inner, IDisposable? around = null) : Stream
{
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_given == start.Length)
            return inner.Read(buffer);
        int count = Math.Min(buffer.Length, start.Length - _given);
        start.Span.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            around?.Dispose();
        }
        base.Dispose(disposing);
    }
}
