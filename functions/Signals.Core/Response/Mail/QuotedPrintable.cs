using System.Buffers;
using System.Text;

namespace Signals.Core.Response.Mail;

/// <summary>Quoted-printable text (RFC 2045, 6.7) of UTF-8: lines of at most 76 characters, CRLF ends, nothing a mail server may alter.</summary>
internal static class QuotedPrintable
{
    private const int MaxLine = 76;
    private const string Hex = "0123456789ABCDEF";

    public static void Append(StringBuilder target, string body)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(body.Length));
        int count = Encoding.UTF8.GetBytes(body, rented);
        AppendBytes(target, rented.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    private static void AppendBytes(StringBuilder target, ReadOnlySpan<byte> bytes)
    {
        int column = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            if (b is (byte)'\r' or (byte)'\n')
            {
                if (b == '\r' && i + 1 < bytes.Length && bytes[i + 1] == '\n')
                    i++;
                target.Append("\r\n");
                column = 0;
                continue;
            }
            bool last = i + 1 == bytes.Length || bytes[i + 1] is (byte)'\r' or (byte)'\n';
            int width = IsLiteral(b, last, column) ? 1 : 3;
            // The soft break's own "=" needs the last column, unless the line ends here anyway.
            if (column + width > (last ? MaxLine : MaxLine - 1))
            {
                target.Append("=\r\n");
                column = 0;
                width = IsLiteral(b, last, column) ? 1 : 3;
            }
            if (width == 1)
                target.Append((char)b);
            else
                target.Append('=').Append(Hex[b >> 4]).Append(Hex[b & 15]);
            column += width;
        }
    }

    /// <summary>White space at a line's end would be stripped; a line that starts with "." or "From " tempts old servers; both are encoded.</summary>
    private static bool IsLiteral(byte b, bool last, int column) => b switch
    {
        (byte)' ' or (byte)'\t' => !last,
        (byte)'.' or (byte)'F' => column > 0,
        (byte)'=' => false,
        _ => b is > 32 and < 127,
    };
}
