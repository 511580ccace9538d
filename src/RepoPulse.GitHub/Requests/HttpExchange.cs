namespace RepoPulse.GitHub.Requests;

/// <summary>Sends one request and reads the answer to its end, in bounded time and space.</summary>
internal sealed class HttpExchange(HttpClient http, GitHubOptions options, GitHubMetrics metrics, TimeProvider time)
{
    /// <summary>The most of an answer that is read. A page of 100 events with payloads at GitHub's bounds stays far below.</summary>
    private const int MaxAnswerBytes = 64 << 20;

    /// <param name="read">Makes something of the answer; given the body and the time at which the headers arrived.</param>
    /// <param name="broken">Makes something of the lack of one, given why.</param>
    public async ValueTask<T> SendAsync<T>(
        HttpRequestMessage request, Func<HttpResponseMessage, byte[], DateTimeOffset, T> read, Func<string, T> broken, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        string fault;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            var arrivedAt = time.GetUtcNow();

            // The whole body is read here, so that an answer cut off half-way is retried like one that never came.
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, linked.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false);
            metrics.Answered(response.StatusCode);
            return read(response, body, arrivedAt);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            fault = $"no answer within {options.RequestTimeout} (GitHub:RequestTimeout)";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            fault = e.InnerException?.Message ?? e.Message;
        }

        metrics.Answered(default);
        return broken(fault);
    }
}
