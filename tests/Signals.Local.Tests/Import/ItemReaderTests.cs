using System.IO.Compression;
using System.Text;
using Signals.Local.Backtest;
using Signals.Local.Import;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Import;

/// <summary>The forms in which events lie in files.</summary>
public sealed class ItemReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", SourceForm.Lines, "1:{\"a\":1} 2:{\"a\":2}")]
    [InlineData("{\"a\":1}", SourceForm.Lines, "1:{\"a\":1}")]
    [InlineData("\ufeff{\"a\":1}\r\n\r\n{\"a\":2}", SourceForm.Lines, "1:{\"a\":1} 3:{\"a\":2}")]
    [InlineData("{broken\n{\"a\":2}\n", SourceForm.Lines, "1:{broken 2:{\"a\":2}")]
    [InlineData("[{\"a\":1},\n{\"a\":{\"b\":[{}]}}]", SourceForm.Json, "1:{\"a\":1} 2:{\"a\":{\"b\":[{}]}}")]
    [InlineData("{\n \"a\":1\n}\n{\n \"a\":2\n}", SourceForm.Json, "1:{\n \"a\":1\n} 2:{\n \"a\":2\n}")]
    [InlineData(
        "{\n\"sentAt\":\"x\",\"batch\":[{\"a\":1},{\"a\":2}]}",
        SourceForm.Json,
        "1:{\n\"sentAt\":\"x\",\"batch\":[{\"a\":1},{\"a\":2}]}"
    )]
    public async Task Objects_are_found_with_where_they_stand(string text, SourceForm form, string expected)
    {
        string path = _folder.File("events");
        await File.WriteAllTextAsync(path, text, Cancel);

        var (found, items) = await ReadAsync(path);

        Assert.Equal(form, found);
        Assert.Equal(expected, string.Join(' ', items));
    }

    [Fact]
    public async Task A_list_in_an_object_larger_than_memory_is_wanted_is_read_item_by_item()
    {
        string path = _folder.File("big.json");
        string filler = new('x', 1_000);
        await File.WriteAllTextAsync(
            path,
            $$"""{"more":{"n":[1]},"results":[{{string.Join(",\n", Enumerable.Range(0, 9_000).Select(i => $$"""{"n":{{i}},"filler":"{{filler}}"}"""))}}]}""",
            Cancel
        );

        var (form, items) = await ReadAsync(path);

        Assert.Equal(SourceForm.Json, form);
        Assert.Equal(9_000, items.Count);
        Assert.StartsWith("9000:{\"n\":8999,", items[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_zips_and_folders_are_opened_whatever_they_are_called()
    {
        Directory.CreateDirectory(_folder.File("in/.hidden"));
        await File.WriteAllTextAsync(_folder.File("in/b.ndjson"), "{\"a\":2}\n", Cancel);
        await File.WriteAllTextAsync(_folder.File("in/.hidden/c.ndjson"), "{\"a\":9}\n", Cancel);
        await File.WriteAllBytesAsync(_folder.File("in/a.dat"), Gzip("{\"a\":1}\n"), Cancel);
        await using (var file = File.Create(_folder.File("in/c.zip")))
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            await using (var entry = zip.CreateEntry("x/1.json.gz").Open())
                await entry.WriteAsync(Gzip("{\"a\":3}\n{\"a\":4}\n"), Cancel);
            await using (var entry = zip.CreateEntry("x/2.json").Open())
                await entry.WriteAsync("[{\"a\":5}]"u8.ToArray(), Cancel);
        }

        var sources = ImportSource.Find([_folder.File("in")]);

        Assert.Equal(
            ["a.dat", "b.ndjson", "c.zip!x/1.json.gz", "c.zip!x/2.json"],
            sources.Select(source => Path.GetFileName(source.Path) + source.Name[source.Path.Length..])
        );
        var all = new List<string>();
        foreach (var source in sources)
            all.AddRange((await ReadAsync(source)).Items);
        Assert.Equal(["1:{\"a\":1}", "1:{\"a\":2}", "1:{\"a\":3}", "2:{\"a\":4}", "1:{\"a\":5}"], all);
    }

    [Fact]
    public async Task A_file_that_breaks_off_says_where()
    {
        string path = _folder.File("cut.json");
        await File.WriteAllTextAsync(path, "[{\"a\":1},{\"a\":", Cancel);

        var fault = await Assert.ThrowsAsync<BadInputException>(() => ReadAsync(path));

        Assert.Contains("cut.json: found JSON that cannot be read near byte", fault.Message, StringComparison.Ordinal);
    }

    private static Task<(SourceForm Form, List<string> Items)> ReadAsync(string path) => ReadAsync(ImportSource.Find([path]).Single());

    private static async Task<(SourceForm Form, List<string> Items)> ReadAsync(ImportSource source)
    {
        await using var reader = await ItemReader.OpenAsync(source, Cancel);
        var items = new List<string>();
        await foreach (var (block, _) in reader.ReadAsync(Cancel))
            items.AddRange(block.Select(item => $"{item.Number}:{item.Fault ?? Encoding.UTF8.GetString(item.Json.Span)}"));
        return (reader.Form, items);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
