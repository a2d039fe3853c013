using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Undo;

/// <summary>Undoes what its sender did just now.</summary>
internal sealed class UndoForm(UndoBook book) : IDashboardForm
{
    /// <summary>Not "/undo": on Azure everything below "/u" is open to who is not signed in.</summary>
    public const string Path = "/take-back";
    public const string IdField = "undo";

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string address = request.ReturnTo("/");
        return await book.UndoAsync(request.Text(IdField, 100), request.Who, request.Cancellation) switch
        {
            UndoOutcome.Undone => new FormAnswer(address, reader.Say("It is as it was before.")),
            UndoOutcome.Partly => new FormAnswer(
                address,
                reader.Say("Not all of it was undone: something changed meanwhile, and stays as it is.")
            )
            {
                IsProblem = true,
            },
            _ => new FormAnswer(address, reader.Say("It was too late to undo that.")) { IsProblem = true },
        };
    }
}
