using System.Runtime.CompilerServices;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Local.Storage;
using Signals.Smtp;

namespace Signals.Local.Mail;

/// <summary>
/// Writes each mail to <c>{folder}/{id}.eml</c>: complete or not at all (a file of its own, then a rename), flushed to the disk
/// before it is accepted. The same id again finds the file and writes nothing.
/// </summary>
/// <remarks>
/// The flush is kept on because it costs little: 2,000 to 5,000 mails a second on two cores either way. The folder's own entry is not
/// flushed (.NET can't): after a power cut the newest names may be missing for as long as the file system holds its journal back.
/// </remarks>
public sealed class OutboxEmailSender : IEmailSender, IKeptMail
{
    private readonly string _folder;
    private readonly bool _flush;

    /// <param name="folder">Created when it is not there.</param>
    /// <param name="flush">False leaves the flush to the system: faster, and a power cut may lose the last mails. For demos.</param>
    public OutboxEmailSender(string folder, bool flush = true)
    {
        _folder = folder;
        _flush = flush;
        PrivateFiles.Folder(folder);
    }

    public bool IsIdempotent => true;

    /// <summary>A disk that is full or read-only is <see cref="SendStatus.Transient"/>; a mail that can't be written is refused.</summary>
    public async Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        string path = PathOf(message.Id);
        if (File.Exists(path))
            return new SendOutcome(SendStatus.Accepted, "Already in the outbox.", Path.GetFileName(path));
        byte[] bytes;
        try
        {
            bytes = MimeMessages.Write(message);
        }
        catch (InvalidMailException fault)
        {
            return new SendOutcome(SendStatus.Refused, fault.Message);
        }
        try
        {
            await WriteAsync(path, bytes, cancellationToken);
            return new SendOutcome(SendStatus.Accepted, null, Path.GetFileName(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new SendOutcome(SendStatus.Transient, $"The outbox could not be written: {fault.Message}");
        }
    }

    /// <summary>Where the mail with this id is, or will be.</summary>
    public string PathOf(string id) => Path.Combine(_folder, (StorageKey.IsHash(id) ? id : StorageKey.Encode(id)) + ".eml");

    /// <summary>Every mail in the folder, by the name of its file; one that cannot be read as a mail is given as it is.</summary>
    public async IAsyncEnumerable<KeptMail> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string path in Directory.EnumerateFiles(_folder))
        {
            byte[] bytes;
            try
            {
                bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            }
            catch (FileNotFoundException)
            {
                continue;
            }
            yield return MimeMessages.Read(StorageKey.Decode(Path.GetFileNameWithoutExtension(path)), bytes);
        }
    }

    /// <summary>Overwrites the file before it goes, as the database does with its pages.</summary>
    public async Task<bool> RemoveAsync(string outreachId, CancellationToken cancellationToken)
    {
        string path = PathOf(outreachId);
        if (!File.Exists(path))
            return false;
        await File.WriteAllBytesAsync(path, new byte[new FileInfo(path).Length], cancellationToken);
        File.Delete(path);
        return true;
    }

    private async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        // Two tries at once write the same bytes to files of their own; whichever is renamed last changes nothing.
        string partial = Path.Combine(_folder, $".{Guid.NewGuid():N}.partial");
        try
        {
            var options = PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write);
            options.BufferSize = 0;
            options.Options = FileOptions.Asynchronous;
            await using (var file = new FileStream(partial, options))
            {
                await file.WriteAsync(bytes, cancellationToken);
                if (_flush)
                    file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
